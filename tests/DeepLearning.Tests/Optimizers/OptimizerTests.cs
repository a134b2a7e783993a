using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Optimizers;

/// <summary>What stands around every rule: accumulation, clipping, decay, the moving average, and their order.</summary>
public sealed class OptimizerTests
{
    [Fact]
    public void A_step_averages_then_clips_then_decays_then_updates_then_averages_the_weights()
    {
        var run = new OptimizerRun(
            new Sgd(0.1f) { GradientAccumulationSteps = 2, ClipValue = 0.5f, WeightDecay = 0.2f, UseEma = true, EmaMomentum = 0.75f }, [1f, -1f, 2f]);
        double[] w = [1, -1, 2], average = [];
        for (int step = 0; step < 3; step++)
        {
            run.Step([2f, -0.1f, 0.4f]);
            run.Step([-4f, -0.3f, 0.8f]);
            // Mean (−1, −0.2, 0.6), clipped to (−0.5, −0.2, 0.5): clipping before the mean would give (0.0, −0.2, 0.45).
            double[] g = [-0.5, -0.2, 0.5];
            w = [.. w.Select((value, i) => value * (1 - 0.1 * 0.2) - 0.1 * g[i])];
            average = step == 0 ? w : [.. average.Select((value, i) => 0.75 * value + 0.25 * w[i])];
        }

        run.Optimizer.Steps.Should().Be(3, "two calls are one update");
        run.Weights.ShouldBeCloseTo(w, 1e-6);
        run.Optimizer.ApplyAverage();
        run.Weights.ShouldBeCloseTo(average, 1e-6);
    }

    [Fact]
    public void ClipNorm_scales_each_parameter_by_its_own_norm()
    {
        var run = new OptimizerRun(new Sgd(1f) { ClipNorm = 5f }, new float[5]);
        run.Step([6f, 0f, 8f, 0.3f, 0.4f]);

        run.Weights.ShouldBeCloseTo([-3.0, 0, -4, -0.3f, -0.4f], 1e-6, "the first parameter has norm 10, the second 0.5");
    }

    [Fact]
    public void GlobalClipNorm_scales_all_parameters_by_one_norm()
    {
        var run = new OptimizerRun(new Sgd(1f) { GlobalClipNorm = 1f }, new float[5]);
        run.Step([2f, 0f, 0f, 2f, 1f]);

        run.Weights.ShouldBeCloseTo([-2.0 / 3, 0, 0, -2.0 / 3, -1.0 / 3], 1e-6, "all together have norm 3");
    }

    [Fact]
    public void Clipping_leaves_small_gradients_alone()
    {
        var run = new OptimizerRun(new Sgd(1f) { ClipNorm = 1f }, [0f, 0f, 0f, 0f]);
        run.Step([0.5f, 0.25f, 0f, -0.5f]);

        run.Weights.Should().Equal(-0.5f, -0.25f, 0f, 0.5f);
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(-0.1f)]
    [InlineData(float.NaN)]
    public void Fault20_a_share_outside_0_to_1_is_rejected_by_name(float share)
    {
        Rejects(() => new Sgd(0.1f, momentum: share), "momentum");
        Rejects(() => new Adam { Beta1 = share }, "Beta1");
        Rejects(() => new Adam { Beta2 = share }, "Beta2");
        Rejects(() => new AdamW { Beta1 = share }, "Beta1");
        Rejects(() => new Nadam { Beta2 = share }, "Beta2");
        Rejects(() => new Lion { Beta2 = share }, "Beta2");
        Rejects(() => new RmsProp { Rho = share }, "Rho");
        Rejects(() => new RmsProp { Momentum = share }, "Momentum");
        Rejects(() => new Adadelta { Rho = share }, "Rho");
        Rejects(() => new Sgd { EmaMomentum = share }, "EmaMomentum");
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    public void Fault20_a_clip_or_epsilon_that_is_not_positive_is_rejected_by_name(float value)
    {
        Rejects(() => new Sgd { ClipNorm = value }, "ClipNorm");
        Rejects(() => new Sgd { GlobalClipNorm = value }, "GlobalClipNorm");
        Rejects(() => new Sgd { ClipValue = value }, "ClipValue");
        Rejects(() => new Adam { Epsilon = value }, "Epsilon");
        Rejects(() => new RmsProp { Epsilon = value }, "Epsilon");
        Rejects(() => new Adagrad { Epsilon = value }, "Epsilon");
    }

    [Fact]
    public void Fault20_a_negative_decay_or_first_sum_or_no_accumulation_is_rejected()
    {
        Rejects(() => new Sgd { WeightDecay = -1f }, "WeightDecay");
        Rejects(() => new Adagrad { InitialAccumulatorValue = -1f }, "InitialAccumulatorValue");
        Rejects(() => new Sgd { GradientAccumulationSteps = 0 }, "GradientAccumulationSteps");
    }

    [Fact]
    public void Fault25_null_is_rejected_by_name()
    {
        var parameters = new ParameterSet(("w", [1]));

        new Sgd().Invoking(o => o.Update(null!, null!)).Should().Throw<ArgumentNullException>().WithParameterName("parameters");
        new Sgd().Invoking(o => o.Update(parameters, null!)).Should().Throw<ArgumentNullException>().WithParameterName("gradients");
    }

    [Fact]
    public void A_centered_RmsProp_survives_a_constant_gradient()
    {
        // The variance is 0, and rounding takes v − m² below it.
        var run = new OptimizerRun(new RmsProp { Centered = true, Epsilon = 1e-12f }, [1f, 1f, 1f]);
        for (int t = 0; t < 500; t++) run.Step([0.1f, 3.3f, 777.7f]);

        run.Weights.Should().OnlyContain(w => float.IsFinite(w));
    }

    private static void Rejects(Func<Optimizer> make, string name) => make.Should().Throw<ArgumentOutOfRangeException>().WithParameterName(name).WithMessage($"*{name}*");

    [Fact]
    public void Fault20_two_ways_of_clipping_at_once_throw_and_leave_the_weights()
    {
        var run = new OptimizerRun(new Sgd(1f) { ClipNorm = 1f, ClipValue = 1f }, [1f, 2f]);
        run.Invoking(r => r.Step([1f, 1f])).Should().Throw<InvalidOperationException>().WithMessage("*one of ClipNorm, GlobalClipNorm and ClipValue*");
        run.Weights.Should().Equal(1f, 2f);
    }

    [Fact]
    public void Fault59_a_first_step_that_fails_leaves_the_weights_and_an_optimizer_as_new()
    {
        var optimizer = new Short { WeightDecay = 0.5f, UseEma = true };
        OptimizerRun run = new(optimizer, [1f, 2f]), other = new(optimizer, [1f, 2f]), never = new(new Short { Memory = true, WeightDecay = 0.5f, UseEma = true }, [1f, 2f]);
        run.Invoking(r => r.Step([1f, 1f])).Should().Throw<InsufficientMemoryException>();
        run.Weights.Should().Equal(1f, 2f);
        optimizer.Memory = true;
        other.Step([1f, 1f]);
        never.Step([1f, 1f]);
        other.Weights.Should().Equal(never.Weights, "it belonged to no model yet");
        optimizer.Steps.Should().Be(1);
    }

    /// <summary>Adds up gradients, but has no memory for its state at first.</summary>
    private sealed class Short() : Optimizer(1f)
    {
        public bool Memory { get; set; }

        protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t)
        {
            Span<float> sum = State(0);
            for (int i = 0; i < w.Length; i++) w[i] -= sum[i] += g[i];
            if (!Memory) throw new InsufficientMemoryException();
        }
    }
}
