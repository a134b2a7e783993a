using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Cosine decay with restarts: period i, from 0, is tMul^i·firstDecaySteps long and falls along half a cosine from peak = mMul^i·initial,
/// peak·((1−α)·½·(1 + cos(π·done)) + α), with done the fraction of the period. Loshchilov and Hutter 2016. Keras: <c>CosineDecayRestarts</c> (PyTorch's
/// <c>CosineAnnealingWarmRestarts</c>: T_mult 1, no mMul, α as the rate η_min).
/// </summary>
public sealed class CosineDecayRestarts : Schedule
{
    /// <summary>A rate that repeatedly falls along half a cosine.</summary>
    /// <param name="initialLearningRate">The rate of step 0, ≥ 0.</param>
    /// <param name="firstDecaySteps">Steps of the first period, ≥ 1.</param>
    /// <param name="tMul">Each period's length relative to the last, ≥ 1; 2 by default.</param>
    /// <param name="mMul">Each period's peak relative to the last, in [0, 1]; 1 by default.</param>
    /// <param name="alpha">The fraction α of the peak that remains, in [0, 1]; 0 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public CosineDecayRestarts(double initialLearningRate, long firstDecaySteps, double tMul = 2, double mMul = 1, double alpha = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(firstDecaySteps, 1);
        InitialLearningRate = Setting.NotNegative(initialLearningRate, nameof(initialLearningRate));
        // Ever shorter periods would converge to one step, with infinitely many before it.
        ArgumentOutOfRangeException.ThrowIfLessThan(tMul, 1);
        (FirstDecaySteps, TMul) = (firstDecaySteps, Setting.Finite(tMul, nameof(tMul)));
        (MMul, Alpha) = (Setting.Weight(mMul, nameof(mMul)), Setting.Weight(alpha, nameof(alpha)));
    }

    /// <summary>The rate of step 0.</summary>
    public double InitialLearningRate { get; }

    /// <summary>Steps of the first period.</summary>
    public long FirstDecaySteps { get; }

    /// <summary>Each period's length relative to the last; 2 by default.</summary>
    public double TMul { get; }

    /// <summary>Each period's peak relative to the last; 1 by default.</summary>
    public double MMul { get; }

    /// <summary>The fraction α of the peak that remains; 0 by default.</summary>
    public double Alpha { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A negative step.</exception>
    public override double At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        double periods = (double)step / FirstDecaySteps, period = PeriodAt(periods);
        double done = Math.Max(0, periods - Beginning(period)) / Math.Pow(TMul, period), peak = InitialLearningRate * Math.Pow(MMul, period);
        return peak * ((1 - Alpha) * 0.5 * (1 + Math.Cos(Math.PI * done)) + Alpha);
    }

    /// <inheritdoc/>
    public override string ToString()
        => string.Create(
            CultureInfo.InvariantCulture, $"CosineDecayRestarts({InitialLearningRate}, {FirstDecaySteps}, tMul: {TMul}, mMul: {MMul}, alpha: {Alpha})");

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(InitialLearningRate), InitialLearningRate);
        settings.Set(nameof(FirstDecaySteps), FirstDecaySteps);
        settings.Set(nameof(TMul), TMul);
        settings.Set(nameof(MMul), MMul);
        settings.Set(nameof(Alpha), Alpha);
    }

    /// <summary>
    /// The number of the period, given the time in first periods. The logarithm may be off by one at a restart, and the sum of powers by its rounding, which
    /// must not delay the peak by a step.
    /// </summary>
    private double PeriodAt(double periods)
    {
        if (TMul == 1) return Math.Floor(periods);
        double period = Math.Floor(Math.Log(1 + periods * (TMul - 1)) / Math.Log(TMul)), reached = periods * (1 + 1e-12);
        if (Beginning(period + 1) <= reached) return period + 1;
        return Beginning(period) > reached ? period - 1 : period;
    }

    /// <summary>When a period begins, in first periods: 1 + tMul + … + tMul^(period−1).</summary>
    private double Beginning(double period) => TMul == 1 ? period : (Math.Pow(TMul, period) - 1) / (TMul - 1);
}
