using DeepLearning.Tests.Contracts;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Optimizers;

/// <summary>Where a rule's own numbers would leave float32: gradients too large, padding, a rate of 0.</summary>
public sealed class OptimizerLimitTests
{
    private static readonly float[] Start = [0.7f, -0.2f, 1e-3f, 1f, -1.5f];

    public static TheoryData<int, string> Rows() => ContractRows.Of(OptimizerContract.Rows);

    private static bool Squares(string name)
        => !name.StartsWith("Sgd", StringComparison.Ordinal) && !name.StartsWith("Lars", StringComparison.Ordinal)
            && name is not ("Lion" or "Adamax" or "Rprop");

    [Theory]
    [MemberData(nameof(Rows))]
    public void FoundT02_a_gradient_whose_square_overflows_is_refused_before_anything_changes(int index, string name)
    {
        var run = new OptimizerRun(OptimizerContract.Rows[index].Make(1e-3f), Start);
        foreach (float huge in new[] { 1.9e19f, -1e30f, float.MaxValue })
        {
            Action step = () => run.Step([1f, 1f, 1f, huge, 1f]);
            if (Squares(name)) step.Should().Throw<ArgumentException>(name).WithMessage($"*of second reaches*E+*{run.Optimizer.GetType().Name} takes*");
            else new OptimizerRun(OptimizerContract.Rows[index].Make(1e-25f), Start).Step([1f, 1f, 1f, huge, 1f]);
        }

        run.Weights.Should().Equal(Start, name);
        run.Optimizer.Steps.Should().Be(0);
        run.Step([1f, 1f, 1f, 1f, 1f]);
        run.Weights.Should().OnlyContain(w => float.IsFinite(w));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void FoundT02_a_gradient_that_is_not_finite_is_refused_by_every_optimizer(int index, string name)
    {
        var run = new OptimizerRun(OptimizerContract.Rows[index].Make(1e-3f), Start);
        foreach (float bad in new[] { float.NaN, float.PositiveInfinity })
            run.Invoking(r => r.Step([1f, bad, 1f, 1f, 1f])).Should().Throw<ArgumentException>(name).WithMessage("*gradient of first is not finite*");
        run.Weights.Should().Equal(Start, name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void FoundT02_the_largest_gradients_that_are_taken_move_the_weights_again_and_again(int index, string name)
    {
        float largest = name == "Adagrad" ? 2.2517998e15f : name == "AdaBelief" ? 4.611686e18f : Squares(name) ? 9.223372e18f : 1e30f;
        var run = new OptimizerRun(OptimizerContract.Rows[index].Make(largest == 1e30f ? 1e-30f : 1e-3f), [0f, 0f, 0f, 0f]);
        for (int step = 0; step < 100; step++)
        {
            float before = run.Weights[0];
            run.Step([largest, largest, -largest, largest]);
            run.Weights.Should().OnlyContain(w => float.IsFinite(w), name);
            if (step < 3) run.Weights[0].Should().NotBe(before, "{0} step {1}", name, step);
        }
    }

    [Fact]
    public void FoundT02_the_sum_of_Adagrad_never_overflows()
    {
        // Just below 2¹²⁷, where the sum's last place is twice the square of the largest gradient.
        var run = new OptimizerRun(new Adagrad(1f) { InitialAccumulatorValue = 3.4028234e38f }, [0f]);
        for (int step = 0; step < 1000; step++)
        {
            float before = run.Weights[0];
            run.Step([2.2517998e15f]);
            run.Weights[0].Should().BeLessThan(before);
        }

        run.Invoking(r => r.Step([1e16f])).Should().Throw<ArgumentException>().WithMessage("*Adagrad takes 2.25E+15 at most*");
    }

    [Theory]
    [InlineData(1e30f, 1f)]
    [InlineData(3e38f, 1e-3f)]
    [InlineData(3e38f, 1e-8f)]
    public void FoundT02_clipping_by_a_norm_is_right_for_the_largest_gradients(float size, float limit)
    {
        // Four equal gradients: each is half of the norm, whatever their size.
        foreach (Optimizer optimizer in new Optimizer[] { new Sgd(1f) { GlobalClipNorm = limit }, new Sgd(1f) { ClipNorm = limit } })
        {
            var run = new OptimizerRun(optimizer, new float[4]);
            run.Step(optimizer.ClipNorm is null ? [size, -size, size, size] : [size, 0f, 0f, size]);
            double expected = optimizer.ClipNorm is null ? limit / 2.0 : limit;
            run.Weights[0].Should().BeApproximately((float)-expected, (float)expected * 1e-6f);
            run.Weights[3].Should().BeApproximately((float)-expected, (float)expected * 1e-6f);
        }
    }

    [Fact]
    public void FoundT02_clipped_gradients_may_be_of_any_size()
    {
        Optimizer[] clipping = [new Adam(0.1f) { ClipNorm = 1f }, new RmsProp(0.1f) { ClipValue = 1f }, new Adagrad(0.1f) { GlobalClipNorm = 1f }];
        foreach (Optimizer optimizer in clipping)
        {
            var run = new OptimizerRun(optimizer, [1f, 1f, 1f]);
            run.Step([1e30f, 1e30f, 1e30f]);
            run.Weights.Should().OnlyContain(w => w < 1f && w > -1f);
        }

        new OptimizerRun(new Adam { ClipNorm = 1e25f }, [1f]).Invoking(r => r.Step([1e20f])).Should().Throw<ArgumentException>("1e25 is no help");
    }

    [Fact]
    public void Line15_padding_that_a_rule_makes_NaN_reaches_nobody()
    {
        var run = new OptimizerRun(new ZeroByZero(0.1f) { UseEma = true, WeightDecay = 0.1f }, Start);
        for (int step = 0; step < 3; step++) run.Step([1f, -2f, 3f, 1f, 1f]);
        run.Padding.Should().OnlyContain(w => w == 0f).And.NotBeEmpty();
        run.Optimizer.ApplyAverage();
        run.Padding.Should().OnlyContain(w => w == 0f);
        run.Weights.Should().OnlyContain(w => float.IsFinite(w));
    }

    [Fact]
    public void Line15_the_state_s_padding_is_cleared_too()
    {
        var optimizer = new ZeroByZero(0.1f);
        var run = new OptimizerRun(optimizer, Start);
        run.Step([1f, -2f, 3f, 1f, 1f]);
        optimizer.StateAfter().Should().OnlyContain(v => float.IsFinite(v));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void FoundT07_at_a_rate_of_0_the_weights_stay_whatever_momentum_carries(int index, string name)
    {
        var run = new OptimizerRun(OptimizerContract.Rows[index].Make(0.01f), Start);
        for (int step = 0; step < 5; step++) run.Step([1f, -2f, 0.5f, 3f, -1f]);
        float[] weights = run.Weights;
        run.Optimizer.LearningRate = 0f;
        for (int step = 0; step < 5; step++) run.Step([1f, 2f, -0.5f, 3f, 1f]);
        run.Weights.Should().Equal(weights, name);
        run.Optimizer.Steps.Should().Be(10);
        run.Optimizer.LearningRate = 0.01f;
        run.Step([1f, 2f, -0.5f, 3f, 1f]);
        run.Weights.Should().NotEqual(weights, name);
    }

    [Fact]
    public void FoundT07_momentum_decays_at_a_rate_of_0()
    {
        var run = new OptimizerRun(new Sgd(1f, momentum: 0.5f), [0f]);
        run.Step([1f]);
        run.Optimizer.LearningRate = 0f;
        run.Step([1f]);
        run.Step([1f]);
        run.Weights.Should().Equal(-1f);
        run.Optimizer.LearningRate = 1f;
        // v is −1, then at rate 0 −0.5 and −0.25, and now −0.125 − 1.
        run.Step([1f]);
        run.Weights.Should().Equal(-2.125f);
    }

    [Fact]
    public void FoundT07_the_average_of_weights_that_do_not_move_has_their_bits()
    {
        float[] start = [0.1f, 1f / 3f, -1e-20f, 12345.678f];
        var run = new OptimizerRun(new Sgd(0f, momentum: 0.9f) { UseEma = true, EmaMomentum = 0.7f }, start);
        for (int step = 0; step < 50; step++) run.Step([1f, 2f, 3f, 4f]);
        run.Optimizer.ApplyAverage();
        run.Weights.Should().Equal(start);
    }

    /// <summary>w −= lr·g/|g|: 0/0 in the padding.</summary>
    private sealed class ZeroByZero(float rate) : Optimizer(rate)
    {
        public float[] StateAfter() => State(0).ToArray();

        protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t)
        {
            Span<float> sign = State(0);
            for (int i = 0; i < w.Length; i++)
            {
                sign[i] = g[i] / MathF.Abs(g[i]);
                w[i] -= Rate * sign[i];
            }
        }
    }
}
