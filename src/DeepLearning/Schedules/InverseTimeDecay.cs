using System.Globalization;

namespace DeepLearning;

/// <summary>
/// initial/(1 + decayRate·step/decaySteps), with step/decaySteps rounded down for a staircase. Keras: <c>InverseTimeDecay</c>. Not in PyTorch.
/// </summary>
public sealed class InverseTimeDecay : Schedule
{
    /// <summary>A rate that falls in inverse proportion to time.</summary>
    /// <param name="initialLearningRate">The rate of step 0, ≥ 0.</param>
    /// <param name="decaySteps">Steps in which the divisor grows by <paramref name="decayRate"/>, ≥ 1.</param>
    /// <param name="decayRate">How fast the divisor grows, ≥ 0.</param>
    /// <param name="staircase">Whether the rate changes only at multiples of <paramref name="decaySteps"/>; false by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public InverseTimeDecay(double initialLearningRate, long decaySteps, double decayRate, bool staircase = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(decaySteps, 1);
        InitialLearningRate = Setting.NotNegative(initialLearningRate, nameof(initialLearningRate));
        (DecaySteps, DecayRate, Staircase) = (decaySteps, Setting.NotNegative(decayRate, nameof(decayRate)), staircase);
    }

    /// <summary>The rate of step 0.</summary>
    public double InitialLearningRate { get; }

    /// <summary>Steps in which the divisor grows by <see cref="DecayRate"/>.</summary>
    public long DecaySteps { get; }

    /// <summary>How fast the divisor grows.</summary>
    public double DecayRate { get; }

    /// <summary>Whether the rate changes only at multiples of <see cref="DecaySteps"/>; false by default.</summary>
    public bool Staircase { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A negative step.</exception>
    public override double At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        double times = Staircase ? step / DecaySteps : (double)step / DecaySteps;
        return InitialLearningRate / (1 + DecayRate * times);
    }

    /// <inheritdoc/>
    public override string ToString()
        => string.Create(
            CultureInfo.InvariantCulture, $"InverseTimeDecay({InitialLearningRate}, {DecaySteps}, {DecayRate}{(Staircase ? ", staircase: true" : "")})");

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(InitialLearningRate), InitialLearningRate);
        settings.Set(nameof(DecaySteps), DecaySteps);
        settings.Set(nameof(DecayRate), DecayRate);
        settings.Set(nameof(Staircase), Staircase);
    }
}
