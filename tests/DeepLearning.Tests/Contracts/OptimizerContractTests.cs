using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Contracts;

/// <summary>What every optimizer promises, run over every row of <see cref="OptimizerContract"/>.</summary>
[Collection("Threads")]
public sealed class OptimizerContractTests : IDisposable
{
    private static readonly float[] Start = [0.7f, -0.2f, 1e-3f, 1f, -1.5f, .. Enumerable.Range(0, 15).Select(i => 0.3f * i - 2f)];

    private readonly int threads = Parallelism.ThreadCount;

    public void Dispose() => Parallelism.ThreadCount = threads;

    public static TheoryData<int, string> Rows() => ContractRows.Of(OptimizerContract.Rows);

    [Theory]
    [MemberData(nameof(Rows))]
    public void It_follows_its_recurrence_for_1000_steps(int index, string name)
    {
        OptimizerRow row = OptimizerContract.Rows[index];
        var run = new OptimizerRun(row.Make(1e-3f), Start);
        // The parameters of OptimizerRun.
        (Range Of, Func<double[], double[], long, double, double[]> Rule)[] parameters = [(..3, row.RuleFor(3)), (3.., row.RuleFor(Start.Length - 3))];
        double[] expected = [.. Start.Select(w => (double)w)];
        for (int t = 1; t <= 1000; t++)
        {
            float[] g = GradientAt(t);
            // A changed rate shows which formulas hold the rate inside their state.
            run.Optimizer.LearningRate = t <= 500 ? 1e-3f : 5e-4f;
            run.Step(g);
            double[] slopes = [.. g.Select(value => (double)value)];
            expected = [.. parameters.SelectMany(p => p.Rule(expected[p.Of], slopes[p.Of], t, run.Optimizer.LearningRate))];
        }

        // 1,000 roundings of a weight, 2⁻²⁵ of its size each, are at most 3e-5; those of the state weigh less.
        run.Weights.ShouldBeCloseTo(expected, 4e-5, name);
        run.Optimizer.Steps.Should().Be(1000);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Fault19_a_learning_rate_of_0_leaves_the_bits_as_they_are(int index, string name)
    {
        var run = new OptimizerRun(OptimizerContract.Rows[index].Make(0f), Start);
        for (int t = 1; t <= 5; t++) run.Step(GradientAt(t));

        run.Weights.Should().Equal(Start, name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_weight_gets_the_same_bits_at_any_number_of_threads_and_among_any_number_of_weights(int index, string name)
    {
        float[] many = [.. Enumerable.Range(0, 70_001).Select(i => MathF.Sin(i))];
        float[] alone = Run(many, 1), shared = Run(many, 3);

        shared.AsSpan().SequenceEqual(alone).Should().BeTrue(name);
        if (!OptimizerContract.Rows[index].IsOfWholeParameters) Run(many[..40], 1).Should().Equal(alone[..40], name);

        float[] Run(float[] start, int count)
        {
            Parallelism.ThreadCount = count;
            var run = new OptimizerRun(OptimizerContract.Rows[index].Make(0.01f), start);
            for (int t = 1; t <= 3; t++) run.Step([.. start.Select((_, i) => MathF.Cos(i * t))]);
            return run.Weights;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void It_descends_a_bowl(int index, string name)
    {
        var run = new OptimizerRun(OptimizerContract.Rows[index].Make(0.01f), [1f, -2f, 0.5f]);
        double before = run.Weights.Sum(w => (double)w * w);
        for (int t = 1; t <= 50; t++) run.Step([.. run.Weights]);

        run.Weights.Sum(w => (double)w * w).Should().BeLessThan(before, name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_gradient_of_0_from_the_beginning_moves_nothing_but_by_decay(int index, string name)
    {
        var run = new OptimizerRun(OptimizerContract.Rows[index].Make(0.01f), Start);
        // A step that is decay alone is as long as the ratio lets it be.
        float decay = run.Optimizer is Lamb { DecayInRatio: true } ? 1f : (float)run.Optimizer.WeightDecay;
        run.Step(new float[Start.Length]);

        run.Weights.ShouldBeCloseTo([.. Start.Select(w => w * (1.0 - 0.01f * decay))], 1e-7, name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Fault18_a_learning_rate_that_is_negative_or_not_finite_is_rejected(int index, string name)
    {
        OptimizerRow row = OptimizerContract.Rows[index];
        Optimizer made = row.Make(0.01f);
        foreach (float rate in new[] { -1e-3f, float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            row.Invoking(r => r.Make(rate)).Should().Throw<ArgumentOutOfRangeException>(name).WithMessage("*LearningRate*").WithParameterName("LearningRate");
            made.Invoking(o => o.LearningRate = rate).Should().Throw<ArgumentOutOfRangeException>(name);
        }

        made.LearningRate.Should().Be(0.01f);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void It_serves_one_model_alone(int index, string name)
    {
        Optimizer optimizer = OptimizerContract.Rows[index].Make(0.01f);
        OptimizerRun first = new(optimizer, Start), second = new(optimizer, Start);
        first.Step(GradientAt(1));

        second.Invoking(r => r.Step(GradientAt(1))).Should().Throw<InvalidOperationException>(name);
        second.Weights.Should().Equal(Start, name);
    }

    /// <summary>Gradients from 0.01 to 100 that change their sign, and one that keeps it.</summary>
    private static float[] GradientAt(int t)
        => [0.5f + t % 2 * 0.25f, .. Enumerable.Range(1, Start.Length - 1).Select(i => (MathF.Cos(0.1f * t * i) + 0.2f) * MathF.Pow(10f, i % 5 - 2))];
}
