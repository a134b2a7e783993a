using System.Globalization;

namespace DeepLearning;

/// <summary>
/// A warm-up before another schedule: linear from the initial rate to the schedule's first rate, reached at step <c>warmupSteps</c>; the schedule counts its
/// own steps from there. Goyal et al. 2017, section 2.2. Keras has a warm-up in <c>CosineDecay</c> only. (PyTorch: <c>LinearLR</c> before another in a
/// <c>SequentialLR</c>.)
/// </summary>
/// <example><c>new LinearWarmup(new InverseTimeDecay(0.1, 1000, 0.5), warmupSteps: 500)</c></example>
public sealed class LinearWarmup : Schedule
{
    /// <summary>A warm-up, then a schedule.</summary>
    /// <param name="schedule">The rate after the warm-up; <c>Schedule.Constant(0.1)</c> for a number.</param>
    /// <param name="warmupSteps">Steps of the warm-up, ≥ 1.</param>
    /// <param name="initialLearningRate">The rate of step 0, ≥ 0; 0 by default, so that the first step moves nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public LinearWarmup(Schedule schedule, long warmupSteps, double initialLearningRate = 0)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentOutOfRangeException.ThrowIfLessThan(warmupSteps, 1);
        (Schedule, WarmupSteps) = (schedule, warmupSteps);
        InitialLearningRate = Setting.NotNegative(initialLearningRate, nameof(initialLearningRate));
    }

    /// <summary>The rate after the warm-up.</summary>
    public Schedule Schedule { get; }

    /// <summary>Steps of the warm-up.</summary>
    public long WarmupSteps { get; }

    /// <summary>The rate of step 0; 0 by default.</summary>
    public double InitialLearningRate { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A negative step.</exception>
    public override double At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        if (step >= WarmupSteps) return Schedule.At(step - WarmupSteps);
        return InitialLearningRate + (Schedule.At(0) - InitialLearningRate) * ((double)step / WarmupSteps);
    }

    /// <inheritdoc/>
    public override string ToString()
        => InitialLearningRate == 0
            ? string.Create(CultureInfo.InvariantCulture, $"LinearWarmup({Schedule}, {WarmupSteps})")
            : string.Create(CultureInfo.InvariantCulture, $"LinearWarmup({Schedule}, {WarmupSteps}, {InitialLearningRate})");

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(WarmupSteps), WarmupSteps);
        settings.Set(nameof(InitialLearningRate), InitialLearningRate);
        Schedule.Describe(settings, nameof(Schedule));
    }
}
