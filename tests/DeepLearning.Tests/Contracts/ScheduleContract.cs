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
        new(
            "PiecewiseConstantDecay", () => new PiecewiseConstantDecay([9, 49], [0.1, 0.02, 0.03]), t => t <= 9 ? 0.1 : t <= 49 ? 0.02 : 0.03,
            [new PiecewiseConstantDecay([10, 49], [0.1, 0.02, 0.03]), new PiecewiseConstantDecay([9, 49], [0.1, 0.02, 0.04])]),
        new(
            "PolynomialDecay", () => new PolynomialDecay(0.1, 50, 0.01, power: 2), t => 0.01 + 0.09 * Math.Pow((50.0 - Math.Min(t, 50)) / 50, 2),
            [new PolynomialDecay(0.05, 50, 0.01, power: 2), new PolynomialDecay(0.1, 51, 0.01, power: 2), new PolynomialDecay(0.1, 50, 0.02, power: 2),
                new PolynomialDecay(0.1, 50, 0.01, power: 3), new PolynomialDecay(0.1, 50, 0.01, power: 2, cycle: true)]),
        new(
            "PolynomialDecay in cycles", () => new PolynomialDecay(0.1, 10, 0.01, cycle: true), t => 0.1 - 0.09 * t / (10 * Math.Max(1, (t + 9) / 10)),
            [new PolynomialDecay(0.1, 10, 0.01)]),
        new(
            "InverseTimeDecay", () => new InverseTimeDecay(0.1, 10, 0.5), t => 0.1 / (1 + t / 20.0),
            [new InverseTimeDecay(0.2, 10, 0.5), new InverseTimeDecay(0.1, 11, 0.5), new InverseTimeDecay(0.1, 10, 0.6),
                new InverseTimeDecay(0.1, 10, 0.5, true)]),
        new(
            "InverseTimeDecay in stairs", () => new InverseTimeDecay(0.1, 7, 1, staircase: true), t => 0.1 / (1 + t / 7), [new InverseTimeDecay(0.1, 7, 1)]),
        new(
            "CosineDecayRestarts", () => new CosineDecayRestarts(0.1, 10, mMul: 0.5, alpha: 0.1),
            t => t < 10 ? Wave(0.1, t / 10.0) : t < 30 ? Wave(0.05, (t - 10) / 20.0) : Wave(0.025, (t - 30) / 40.0),
            [new CosineDecayRestarts(0.2, 10, mMul: 0.5, alpha: 0.1), new CosineDecayRestarts(0.1, 11, mMul: 0.5, alpha: 0.1),
                new CosineDecayRestarts(0.1, 10, 3, mMul: 0.5, alpha: 0.1), new CosineDecayRestarts(0.1, 10, mMul: 0.6, alpha: 0.1),
                new CosineDecayRestarts(0.1, 10, mMul: 0.5)]),
        new(
            "CosineDecayRestarts of equal length", () => new CosineDecayRestarts(0.1, 10, tMul: 1, alpha: 0.1), t => Wave(0.1, t % 10 / 10.0), []),
        new(
            "CyclicLearningRate", () => new CyclicLearningRate(0.01, 0.1, 8, 2), t => 0.01 + 0.09 * (t % 10 <= 8 ? t % 10 / 8.0 : (10 - t % 10) / 2.0),
            [new CyclicLearningRate(0.02, 0.1, 8, 2), new CyclicLearningRate(0.01, 0.2, 8, 2), new CyclicLearningRate(0.01, 0.1, 9, 2),
                new CyclicLearningRate(0.01, 0.1, 8), new CyclicLearningRate(0.01, 0.1, 8, 2, CyclicMode.Triangular2),
                new CyclicLearningRate(0.01, 0.1, 8, 2, gamma: 0.5)]),
        new(
            "CyclicLearningRate that halves", () => new CyclicLearningRate(0.01, 0.1, 5, mode: CyclicMode.Triangular2),
            t => 0.01 + 0.09 * (5 - Math.Abs(t % 10 - 5)) / 5.0 / (1 << (int)(t / 10)), []),
        new(
            "CyclicLearningRate that shrinks", () => new CyclicLearningRate(0.01, 0.1, 5, mode: CyclicMode.ExponentialRange, gamma: 0.9),
            t => 0.01 + 0.09 * (5 - Math.Abs(t % 10 - 5)) / 5.0 * Math.Exp(t * Math.Log(0.9)), []),
        new(
            "OneCycle", () => new OneCycle(0.1, 50, percentStart: 0.2, divFactor: 10, finalDivFactor: 100),
            t => t < 9 ? 0.055 - 0.045 * Math.Cos(Math.PI * t / 9) : 0.05005 + 0.04995 * Math.Cos(Math.PI * Math.Min(t - 9, 40) / 40),
            [new OneCycle(0.2, 50, 0.2, 10, 100), new OneCycle(0.1, 51, 0.2, 10, 100), new OneCycle(0.1, 50, 0.3, 10, 100), new OneCycle(0.1, 50, 0.2, 11, 100),
                new OneCycle(0.1, 50, 0.2, 10, 101), new OneCycle(0.1, 50, 0.2, 10, 100, linear: true)]),
        new(
            "OneCycle in straight lines", () => new OneCycle(0.1, 50, percentStart: 0.2, divFactor: 10, finalDivFactor: 100, linear: true),
            t => t < 9 ? 0.01 + 0.01 * t : 0.1 - 0.0999 * Math.Min(t - 9, 40) / 40, []),
        new(
            "LinearWarmup", () => new LinearWarmup(new ExponentialDecay(0.1, 10, 0.9), 10, 0.02),
            t => t < 10 ? 0.02 + 0.008 * t : 0.1 * Math.Pow(0.9, (t - 10) / 10.0),
            [new LinearWarmup(new ExponentialDecay(0.1, 10, 0.8), 10, 0.02), new LinearWarmup(new ExponentialDecay(0.1, 10, 0.9), 11, 0.02),
                new LinearWarmup(new ExponentialDecay(0.1, 10, 0.9), 10), new LinearWarmup(Schedule.Constant(0.1), 10, 0.02)]),
        new(
            "one schedule, then another", () => Schedule.Constant(0.05).Then(10, new InverseTimeDecay(0.1, 5, 1)),
            t => t < 10 ? 0.05 : 0.1 / (1 + (t - 10) / 5.0),
            [Schedule.Constant(0.04).Then(10, new InverseTimeDecay(0.1, 5, 1)), Schedule.Constant(0.05).Then(11, new InverseTimeDecay(0.1, 5, 1)),
                Schedule.Constant(0.05).Then(10, new InverseTimeDecay(0.1, 6, 1))]),
        new("a function", () => Schedule.Of("root", t => 0.1 / Math.Sqrt(t + 1)), t => 0.1 * Math.Pow(t + 1, -0.5), [Schedule.Of("another", t => 0.1)]),
    ];

    /// <summary>Half a cosine from the peak to a tenth of it.</summary>
    private static double Wave(double peak, double done) => peak * (0.1 + 0.45 * (1 + Math.Cos(Math.PI * done)));
}
