using System.Globalization;

namespace DeepLearning;

/// <summary>
/// initial·decayRate^(step/decaySteps), the exponent rounded down where it is a staircase. Keras: <c>ExponentialDecay</c>. (PyTorch's
/// <c>ExponentialLR</c> multiplies once an epoch.)
/// </summary>
public sealed class ExponentialDecay : Schedule
{
    /// <summary>A rate that is multiplied by <paramref name="decayRate"/> in each <paramref name="decaySteps"/> steps.</summary>
    /// <param name="initialLearningRate">The rate of step 0, ≥ 0.</param>
    /// <param name="decaySteps">Steps in which the rate is multiplied once, ≥ 1.</param>
    /// <param name="decayRate">The factor, > 0.</param>
    /// <param name="staircase">Whether the rate changes at each multiple of <paramref name="decaySteps"/> only; false by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public ExponentialDecay(double initialLearningRate, long decaySteps, double decayRate, bool staircase = false)
    {
        InitialLearningRate = Setting.NotNegative(initialLearningRate, nameof(initialLearningRate));
        ArgumentOutOfRangeException.ThrowIfLessThan(decaySteps, 1);
        (DecaySteps, DecayRate, Staircase) = (decaySteps, Setting.Positive(decayRate, nameof(decayRate)), staircase);
    }

    /// <summary>The rate of step 0.</summary>
    public double InitialLearningRate { get; }

    /// <summary>Steps in which the rate is multiplied once.</summary>
    public long DecaySteps { get; }

    /// <summary>The factor.</summary>
    public double DecayRate { get; }

    /// <summary>Whether the rate changes at each multiple of <see cref="DecaySteps"/> only; false by default.</summary>
    public bool Staircase { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A negative step.</exception>
    public override double At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        double times = Staircase ? step / DecaySteps : (double)step / DecaySteps;
        return InitialLearningRate * Math.Pow(DecayRate, times);
    }

    /// <inheritdoc/>
    public override string ToString()
        => string.Create(
            CultureInfo.InvariantCulture,
            $"ExponentialDecay({InitialLearningRate}, {DecaySteps}, {DecayRate}{(Staircase ? ", staircase: true" : "")})");

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
