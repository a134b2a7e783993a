using System.Text.Json;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Schedules;

public sealed class ScheduleTests
{
    public static TheoryData<string, Schedule> Golden => new()
    {
        { "cosine decay 0.1 over 50, alpha 0.01", new CosineDecay(0.1, 50, alpha: 0.01) },
        { "warmup 10 cosine 50: 0, 0.1, 0.001", new CosineDecay(0, 40, alpha: 0.01, warmupTarget: 0.1, warmupSteps: 10) },
        { "exponential 0.1 rate 0.9 every 10", new ExponentialDecay(0.1, 10, 0.9) },
        { "exponential staircase", new ExponentialDecay(0.1, 10, 0.9, staircase: true) },
        { "piecewise 0.1; x0.5 at 20; x0.1 at 40", Schedule.Of("piecewise", t => 0.1 * (t >= 20 ? 0.5 : 1) * (t >= 40 ? 0.1 : 1)) },
    };

    [SkippableTheory]
    [MemberData(nameof(Golden))]
    public void The_rates_are_those_of_optax(string name, Schedule schedule)
    {
        string? data = Environment.GetEnvironmentVariable("DEEPLEARNING_DATA");
        string file = Path.Combine(data ?? ".", "..", "golden", "golden.json");
        Skip.If(data is null || !File.Exists(file), "DEEPLEARNING_DATA names no folder beside which golden/golden.json lies.");
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(file));
        double[] rates = [.. golden.RootElement.GetProperty("schedules").GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];
        rates.Should().HaveCountGreaterThan(50);
        for (int t = 0; t < rates.Length; t++) schedule.At(t).Should().BeApproximately(rates[t], 1e-15, "{0} at step {1}", name, t);
    }

    [Fact]
    public void A_rate_is_a_number_or_a_schedule_under_one_name()
    {
        Optimizer[] all =
        [
            new Adam(1e-3), new Adam(learningRate: 1e-3), new Adam(1), new Adam(0.5f), new Adam(), new Adam(new CosineDecay(1e-3, 10)),
            new Adam(learningRate: new CosineDecay(1e-3, 10)),
            new AdamW(new CosineDecay(1e-3, 10), weightDecay: 0.1), new Sgd(new CosineDecay(1e-3, 10), 0.9, nesterov: true),
            new Nadam(new CosineDecay(1e-3, 10)),
            new RmsProp(new CosineDecay(1e-3, 10)),
            new Adagrad(new CosineDecay(1e-3, 10)), new Adadelta(new CosineDecay(1e-3, 10)), new Lion(new CosineDecay(1e-3, 10)),
        ];
        all.Select(o => o.LearningRate).Should().Equal(1e-3, 1e-3, 1, 0.5, 1e-3, 1e-3, 1e-3, 1e-3, 1e-3, 1e-3, 1e-3, 1e-3, 1e-3, 1e-3);
        all.Select(o => o.Schedule is null).Should().Equal([.. Enumerable.Range(0, all.Length).Select(i => i < 5)]);
        all[5].ToString().Should().Be("Adam(CosineDecay(0.001, 10))");
        (all[7].WeightDecay, ((Sgd)all[8]).Momentum, ((Sgd)all[8]).Nesterov).Should().Be((0.1, 0.9, true));
        FluentActions.Invoking(() => new Adam(null!)).Should().Throw<ArgumentNullException>().WithParameterName("learningRate");
    }

    [Theory]
    [InlineData(-1e-3)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    public void A_rate_that_is_negative_or_not_finite_is_refused_with_schedule_step_and_value_before_anything_changes(double wrong)
    {
        var run = new OptimizerRun(
            new Adam(Schedule.Of("broken", t => t < 2 ? 0.1 : wrong)) { GradientAccumulationSteps = 2, UseEma = true, WeightDecay = 0.1 }, [1f, 2f, 3f, 4f]);
        for (int call = 0; call < 4; call++) run.Step([1f, 1f, 1f, 1f]);
        string before = Training.StateBits.Of(run.Optimizer.SaveState);
        float[] weights = run.Weights;
        string value = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{wrong}");
        run.Invoking(r => r.Step([1f, 1f, 1f, 1f]))
            .Should().Throw<InvalidOperationException>().WithMessage($"broken gives a learning rate of {value} at step 2: *");
        run.Optimizer.Invoking(o => o.LearningRate).Should().Throw<InvalidOperationException>();
        run.Weights.Should().Equal(weights);
        Training.StateBits.Of(run.Optimizer.SaveState).Should().Be(before);
    }

    [Fact]
    public void Settings_out_of_range_are_refused_by_name()
    {
        Refused(() => new CosineDecay(-1, 10), "initialLearningRate");
        Refused(() => new CosineDecay(1, 0), "decaySteps");
        Refused(() => new CosineDecay(1, 10, alpha: 1.5), "alpha");
        Refused(() => new CosineDecay(1, 10, warmupTarget: double.NaN, warmupSteps: 1), "warmupTarget");
        Refused(() => new CosineDecay(1, 10, warmupTarget: 1, warmupSteps: -1), "warmupSteps");
        Refused(() => new CosineDecay(1, 10, warmupTarget: 1, warmupSteps: long.MaxValue), "warmupSteps");
        Refused(() => new ExponentialDecay(double.NaN, 10, 0.9), "initialLearningRate");
        Refused(() => new ExponentialDecay(1, 0, 0.9), "decaySteps");
        Refused(() => new ExponentialDecay(1, 10, 0), "decayRate");
        FluentActions.Invoking(() => Schedule.Of(" ", t => 1)).Should().Throw<ArgumentException>().WithParameterName("name");
        FluentActions.Invoking(() => Schedule.Of("none", null!)).Should().Throw<ArgumentNullException>().WithParameterName("rate");

        static void Refused(Func<Schedule> make, string name) => make.Should().Throw<ArgumentOutOfRangeException>().WithParameterName(name);
    }

    [Fact]
    public void Half_a_warm_up_is_refused_with_what_is_missing()
    {
        FluentActions.Invoking(() => new CosineDecay(0, 10, warmupSteps: 5)).Should().Throw<ArgumentException>().WithMessage("*5 steps*warmupTarget*");
        FluentActions.Invoking(() => new CosineDecay(0, 10, warmupTarget: 0.1)).Should().Throw<ArgumentException>().WithMessage("*0.1*warmupSteps*");
    }
}
