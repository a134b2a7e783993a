using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Decays along half a cosine: peak·((1−α)·½·(1 + cos(π·n/decaySteps)) + α) at step n, and α·peak from then on. With a warm-up the rate first rises linearly
/// from the initial rate to the peak, the warm-up's target, and the cosine begins after it; otherwise the initial rate is the peak. Loshchilov and
/// Hutter 2016. Keras: <c>CosineDecay</c>. (PyTorch's <c>CosineAnnealingLR</c> rises again after its last step.)
/// </summary>
public sealed class CosineDecay : Schedule
{
    /// <summary>A rate that falls along half a cosine.</summary>
    /// <param name="initialLearningRate">The rate of step 0, ≥ 0.</param>
    /// <param name="decaySteps">Steps of the cosine, ≥ 1, after those of the warm-up.</param>
    /// <param name="alpha">The fraction α of the peak that remains, in [0, 1]; 0 by default.</param>
    /// <param name="warmupTarget">The peak, at which the warm-up ends, ≥ 0; none by default.</param>
    /// <param name="warmupSteps">Steps of the warm-up; 0 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">A warm-up has a target without steps, or steps without a target.</exception>
    public CosineDecay(double initialLearningRate, long decaySteps, double alpha = 0, double? warmupTarget = null, long warmupSteps = 0)
    {
        InitialLearningRate = Setting.NotNegative(initialLearningRate, nameof(initialLearningRate));
        ArgumentOutOfRangeException.ThrowIfLessThan(decaySteps, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(warmupSteps);
        // Their sum must be a valid step too.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(warmupSteps, long.MaxValue - decaySteps);
        if (warmupTarget is null && warmupSteps > 0)
            throw new ArgumentException(
                $"A warm-up of {warmupSteps} steps needs the rate at which it ends: give {nameof(warmupTarget)}.", nameof(warmupTarget));
        if (warmupTarget is not null && warmupSteps == 0)
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"A warm-up to {warmupTarget} needs its number of steps: give {nameof(warmupSteps)}."),
                nameof(warmupSteps));
        (DecaySteps, Alpha, WarmupSteps) = (decaySteps, Setting.Weight(alpha, nameof(alpha)), warmupSteps);
        WarmupTarget = warmupTarget is { } target ? Setting.NotNegative(target, nameof(warmupTarget)) : null;
    }

    /// <summary>The rate of step 0.</summary>
    public double InitialLearningRate { get; }

    /// <summary>Steps of the cosine.</summary>
    public long DecaySteps { get; }

    /// <summary>The fraction α of the peak that remains; 0 by default.</summary>
    public double Alpha { get; }

    /// <summary>The peak, at which the warm-up ends; null without a warm-up.</summary>
    public double? WarmupTarget { get; }

    /// <summary>Steps of the warm-up; 0 by default.</summary>
    public long WarmupSteps { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A negative step.</exception>
    public override double At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        double peak = WarmupTarget ?? InitialLearningRate;
        if (step < WarmupSteps) return InitialLearningRate + (peak - InitialLearningRate) * ((double)step / WarmupSteps);
        double done = (double)Math.Min(step - WarmupSteps, DecaySteps) / DecaySteps;
        return peak * ((1 - Alpha) * 0.5 * (1 + Math.Cos(Math.PI * done)) + Alpha);
    }

    /// <inheritdoc/>
    public override string ToString()
        => string.Create(
            CultureInfo.InvariantCulture,
            $"CosineDecay({InitialLearningRate}, {DecaySteps}{(Alpha == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", alpha: {Alpha}"))}"
            + $"{(WarmupTarget is { } target ? string.Create(CultureInfo.InvariantCulture, $", warmupTarget: {target}, warmupSteps: {WarmupSteps}") : "")})");

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(InitialLearningRate), InitialLearningRate);
        settings.Set(nameof(DecaySteps), DecaySteps);
        settings.Set(nameof(Alpha), Alpha);
        if (WarmupTarget is { } target) settings.Set(nameof(WarmupTarget), target);
        settings.Set(nameof(WarmupSteps), WarmupSteps);
    }
}
