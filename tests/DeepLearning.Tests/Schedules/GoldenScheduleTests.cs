using System.Text.Json;

namespace DeepLearning.Tests.Schedules;

/// <summary>Every row of golden.json's <c>schedules</c>: the rates of optax 0.2.8 and PyTorch 2.11 at steps 0 to 59.</summary>
public sealed class GoldenScheduleTests
{
    /// <summary>The row of a callback, in ReduceLearningRateOnPlateauTests.</summary>
    private const string Plateau = "torch ReduceLROnPlateau factor .5 patience 2 threshold 1e-4 abs cooldown 1 min .02";

    /// <summary>The name of a row, the schedule, and how many of its rates agree.</summary>
    public static TheoryData<string, Schedule, int> Rows => new()
    {
        { "cosine decay 0.1 over 50, alpha 0.01", new CosineDecay(0.1, 50, alpha: 0.01), 60 },
        { "exponential 0.1 rate 0.9 every 10", new ExponentialDecay(0.1, 10, 0.9), 60 },
        { "exponential staircase", new ExponentialDecay(0.1, 10, 0.9, staircase: true), 60 },
        { "polynomial 0.1 to 0.01 power 2 over 40", new PolynomialDecay(0.1, 40, 0.01, power: 2), 60 },
        { "warmup 10 cosine 50: 0, 0.1, 0.001", new LinearWarmup(new CosineDecay(0.1, 40, alpha: 0.01), 10), 60 },
        { "warmup 10 cosine 50: 0, 0.1, 0.001", new CosineDecay(0, 40, alpha: 0.01, warmupTarget: 0.1, warmupSteps: 10), 60 },
        { "piecewise 0.1; x0.5 at 20; x0.1 at 40", new PiecewiseConstantDecay([19, 39], [0.1, 0.05, 0.005]), 60 },
        // optax has the peak at 0.3 of 50 steps and the end at 50; PyTorch's formula has them one step earlier.
        { "one cycle cosine 50 steps peak 0.1 pct 0.3 div 25 final 1e4", new OneCycle(0.1, 51, percentStart: 16.0 / 51), 60 },
        { "torch StepLR 15 0.3", new ExponentialDecay(0.1, 15, 0.3, staircase: true), 60 },
        { "torch MultiStepLR 20,40 0.1", PiecewiseConstantDecay.AtMilestones(0.1, [20, 40], gamma: 0.1), 60 },
        { "torch ExponentialLR 0.95", new ExponentialDecay(0.1, 1, 0.95), 60 },
        // PyTorch's rises again after its 50 steps; Keras's, and ours, stays.
        { "torch CosineAnnealingLR 50 0.001", new CosineDecay(0.1, 50, alpha: 0.01), 51 },
        { "torch CosineAnnealingWarmRestarts 10 x2 0.001", new CosineDecayRestarts(0.1, 10, alpha: 0.01), 60 },
        // The row's figures are those of 61 steps.
        { "torch OneCycleLR 0.5 50", new OneCycle(0.5, 61), 60 },
        { "torch LinearLR 0.1 to 1 over 20", new LinearWarmup(Schedule.Constant(0.1), 20, initialLearningRate: 0.01), 60 },
        { "torch PolynomialLR 50 power 2", new PolynomialDecay(0.1, 50, endLearningRate: 0, power: 2), 60 },
        { "torch CyclicLR 0.01 0.1 up 8 triangular2", new CyclicLearningRate(0.01, 0.1, stepSizeUp: 8, mode: CyclicMode.Triangular2), 60 },
    };

    [SkippableTheory]
    [MemberData(nameof(Rows))]
    public void The_rates_are_those_of_optax_and_PyTorch(string name, Schedule schedule, int agreeing)
    {
        double[] rates = [.. Golden().GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];
        rates.Should().HaveCount(60);
        // PyTorch multiplies a rate by a factor at each step: 60 roundings.
        for (int t = 0; t < agreeing; t++) schedule.At(t).Should().BeApproximately(rates[t], 1e-14, "{0} at step {1}", name, t);
    }

    [SkippableFact]
    public void Every_row_is_tested()
        => Golden().EnumerateObject().Select(row => row.Name).Should().BeSubsetOf([.. Rows.Select(row => (string)row[0]), Plateau]);

    private static JsonElement Golden()
    {
        string? data = Environment.GetEnvironmentVariable("DEEPLEARNING_DATA");
        string file = Path.Combine(data ?? ".", "..", "golden", "golden.json");
        Skip.If(data is null || !File.Exists(file), "DEEPLEARNING_DATA names no folder beside which golden/golden.json lies.");
        return JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("schedules");
    }
}
