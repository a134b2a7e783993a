using System.Globalization;

namespace DeepLearning;

/// <summary>
/// (initial − end)·(1 − step/decaySteps)^power + end, and the end rate from <c>decaySteps</c> on. With a cycle, <c>decaySteps</c> is instead multiplied by
/// the least whole number that makes it ≥ step, so the rate jumps up again and falls more slowly. Keras: <c>PolynomialDecay</c>. (PyTorch's
/// <c>PolynomialLR</c>: end rate 0, no cycle.)
/// </summary>
public sealed class PolynomialDecay : Schedule
{
    /// <summary>A rate that falls along a polynomial: a straight line at power 1.</summary>
    /// <param name="initialLearningRate">The rate of step 0, ≥ 0.</param>
    /// <param name="decaySteps">Steps to the end rate, ≥ 1.</param>
    /// <param name="endLearningRate">The rate at the end, ≥ 0; 1e-4 by default.</param>
    /// <param name="power">The exponent, > 0; 1 by default.</param>
    /// <param name="cycle">Whether the rate restarts after <paramref name="decaySteps"/>; false by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public PolynomialDecay(double initialLearningRate, long decaySteps, double endLearningRate = 1e-4, double power = 1, bool cycle = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(decaySteps, 1);
        InitialLearningRate = Setting.NotNegative(initialLearningRate, nameof(initialLearningRate));
        EndLearningRate = Setting.NotNegative(endLearningRate, nameof(endLearningRate));
        (DecaySteps, Power, Cycle) = (decaySteps, Setting.Positive(power, nameof(power)), cycle);
    }

    /// <summary>The rate of step 0.</summary>
    public double InitialLearningRate { get; }

    /// <summary>Steps to the end rate.</summary>
    public long DecaySteps { get; }

    /// <summary>The rate at the end; 1e-4 by default.</summary>
    public double EndLearningRate { get; }

    /// <summary>The exponent; 1 by default.</summary>
    public double Power { get; }

    /// <summary>Whether the rate restarts after <see cref="DecaySteps"/>; false by default.</summary>
    public bool Cycle { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A negative step.</exception>
    public override double At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        double cycles = Cycle ? Math.Max(1, Math.Ceiling((double)step / DecaySteps)) : 1;
        double left = Math.Max(0, 1 - step / (DecaySteps * cycles));
        return (InitialLearningRate - EndLearningRate) * Math.Pow(left, Power) + EndLearningRate;
    }

    /// <inheritdoc/>
    public override string ToString()
        => string.Create(
            CultureInfo.InvariantCulture,
            $"PolynomialDecay({InitialLearningRate}, {DecaySteps}, {EndLearningRate}, power: {Power}{(Cycle ? ", cycle: true" : "")})");

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(InitialLearningRate), InitialLearningRate);
        settings.Set(nameof(DecaySteps), DecaySteps);
        settings.Set(nameof(EndLearningRate), EndLearningRate);
        settings.Set(nameof(Power), Power);
        settings.Set(nameof(Cycle), Cycle);
    }
}
