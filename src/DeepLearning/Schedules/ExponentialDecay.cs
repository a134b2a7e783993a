using System.Globalization;

namespace DeepLearning;

/// <summary>
/// initial·decayRate^(step/decaySteps), with the exponent rounded down for a staircase. Keras: <c>ExponentialDecay</c>. (PyTorch's
/// <c>ExponentialLR</c> multiplies once per epoch.)
/// </summary>
public sealed class ExponentialDecay : Schedule
{
    /// <summary>A rate that is multiplied by <paramref name="decayRate"/> every <paramref name="decaySteps"/> steps.</summary>
    /// <param name="initialLearningRate">The rate of step 0, ≥ 0.</param>
    /// <param name="decaySteps">Steps for each multiplication of the rate, ≥ 1.</param>
    /// <param name="decayRate">The factor, > 0.</param>
    /// <param name="staircase">Whether the rate changes only at multiples of <paramref name="decaySteps"/>; false by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public ExponentialDecay(double initialLearningRate, long decaySteps, double decayRate, bool staircase = false)
    {
        InitialLearningRate = Setting.NotNegative(initialLearningRate, nameof(initialLearningRate));
        ArgumentOutOfRangeException.ThrowIfLessThan(decaySteps, 1);
        (DecaySteps, DecayRate, Staircase) = (decaySteps, Setting.Positive(decayRate, nameof(decayRate)), staircase);
    }

    /// <summary>The rate of step 0.</summary>
    public double InitialLearningRate { get; }

    /// <summary>Steps for each multiplication of the rate.</summary>
    public long DecaySteps { get; }

    /// <summary>The factor.</summary>
    public double DecayRate { get; }

    /// <summary>Whether the rate changes only at multiples of <see cref="DecaySteps"/>; false by default.</summary>
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
