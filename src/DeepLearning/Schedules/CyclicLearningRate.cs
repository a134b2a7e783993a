using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Up and down linearly between two rates: base + (max − base)·x·height, where x goes from 0 to 1 in stepSizeUp steps and back in stepSizeDown. Smith 2015.
/// PyTorch: <c>CyclicLR</c>, without its momentum cycle. Not in Keras's core.
/// </summary>
public sealed class CyclicLearningRate : Schedule
{
    /// <summary>A rate that goes up and down.</summary>
    /// <param name="baseLearningRate">The lowest rate, and that of step 0, ≥ 0.</param>
    /// <param name="maxLearningRate">The highest rate, ≥ the lowest.</param>
    /// <param name="stepSizeUp">Steps from the lowest to the highest, ≥ 1; 2000 by default.</param>
    /// <param name="stepSizeDown">Steps back down, ≥ 1; as many as up by default.</param>
    /// <param name="mode">How the height of a cycle changes; not at all by default.</param>
    /// <param name="gamma">The factor per step in <see cref="CyclicMode.ExponentialRange"/>, in [0, 1]; 1 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range, or the mode is unknown.</exception>
    public CyclicLearningRate(
        double baseLearningRate, double maxLearningRate, long stepSizeUp = 2000, long? stepSizeDown = null, CyclicMode mode = CyclicMode.Triangular,
        double gamma = 1)
    {
        BaseLearningRate = Setting.NotNegative(baseLearningRate, nameof(baseLearningRate));
        MaxLearningRate = Setting.NotNegative(maxLearningRate, nameof(maxLearningRate));
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLearningRate, baseLearningRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(stepSizeUp, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stepSizeDown ?? stepSizeUp, 1, nameof(stepSizeDown));
        if (!Enum.IsDefined(mode)) throw new ArgumentOutOfRangeException(nameof(mode), mode, $"Expected a {nameof(CyclicMode)}, got {mode}.");
        (StepSizeUp, StepSizeDown, Mode, Gamma) = (stepSizeUp, stepSizeDown ?? stepSizeUp, mode, Setting.Weight(gamma, nameof(gamma)));
    }

    /// <summary>The lowest rate.</summary>
    public double BaseLearningRate { get; }

    /// <summary>The highest rate.</summary>
    public double MaxLearningRate { get; }

    /// <summary>Steps from the lowest to the highest rate; 2000 by default.</summary>
    public long StepSizeUp { get; }

    /// <summary>Steps back down; as many as up by default.</summary>
    public long StepSizeDown { get; }

    /// <summary>How the height of a cycle changes; not at all by default.</summary>
    public CyclicMode Mode { get; }

    /// <summary>The factor per step in <see cref="CyclicMode.ExponentialRange"/>; 1 by default.</summary>
    public double Gamma { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A negative step.</exception>
    public override double At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        double length = (double)StepSizeUp + StepSizeDown, cycle = Math.Floor(step / length), at = step - cycle * length;
        double x = at <= StepSizeUp ? at / StepSizeUp : (length - at) / StepSizeDown;
        double height = Mode switch
        {
            CyclicMode.Triangular2 => Math.Pow(0.5, cycle),
            CyclicMode.ExponentialRange => Math.Pow(Gamma, step),
            _ => 1,
        };
        return BaseLearningRate + (MaxLearningRate - BaseLearningRate) * x * height;
    }

    /// <inheritdoc/>
    public override string ToString()
        => string.Create(
            CultureInfo.InvariantCulture, $"CyclicLearningRate({BaseLearningRate}, {MaxLearningRate}, {StepSizeUp}, {StepSizeDown}, {Mode}, gamma: {Gamma})");

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(BaseLearningRate), BaseLearningRate);
        settings.Set(nameof(MaxLearningRate), MaxLearningRate);
        settings.Set(nameof(StepSizeUp), StepSizeUp);
        settings.Set(nameof(StepSizeDown), StepSizeDown);
        settings.Set(nameof(Mode), Mode.ToString());
        settings.Set(nameof(Gamma), Gamma);
    }
}
