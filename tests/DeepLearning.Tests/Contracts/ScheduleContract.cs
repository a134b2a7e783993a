namespace DeepLearning.Tests.Contracts;

/// <summary>Every public schedule; <see cref="ScheduleContractTests"/> runs one suite over all rows.</summary>
public static class ScheduleContract
{
    public static IReadOnlyList<ScheduleRow> Rows { get; } =
    [
        new(
            "ExponentialDecay", () => new ExponentialDecay(0.1, 10, 0.9), t => 0.1 * Math.Exp(Math.Log(0.9) * t / 10),
            [new ExponentialDecay(0.2, 10, 0.9), new ExponentialDecay(0.1, 11, 0.9),
                new ExponentialDecay(0.1, 10, 0.8), new ExponentialDecay(0.1, 10, 0.9, true)]),
        new(
            "ExponentialDecay in stairs", () => new ExponentialDecay(0.1, 7, 0.5, staircase: true), t => 0.1 / (1L << (int)(t / 7)), [new ExponentialDecay(0.1, 7, 0.5)]),
        new(
            "CosineDecay", () => new CosineDecay(0.1, 50, alpha: 0.01), t => 0.001 + 0.0495 * (1 + Math.Cos(Math.PI * Math.Min(t, 50) / 50)),
            [new CosineDecay(0.2, 50, alpha: 0.01), new CosineDecay(0.1, 51, alpha: 0.01), new CosineDecay(0.1, 50), new CosineDecay(0.1, 50, 0.01, 0.1, 5)]),
        new(
            "CosineDecay with a warm-up", () => new CosineDecay(0.02, 40, warmupTarget: 0.1, warmupSteps: 10),
            t => t < 10 ? 0.02 + 0.008 * t : 0.05 * (1 + Math.Cos(Math.PI * Math.Min(t - 10, 40) / 40)),
            [new CosineDecay(0.02, 40, warmupTarget: 0.2, warmupSteps: 10), new CosineDecay(0.02, 40, warmupTarget: 0.1, warmupSteps: 11)]),
        new("a function", () => Schedule.Of("root", t => 0.1 / Math.Sqrt(t + 1)), t => 0.1 * Math.Pow(t + 1, -0.5), [Schedule.Of("another", t => 0.1)]),
    ];
}
