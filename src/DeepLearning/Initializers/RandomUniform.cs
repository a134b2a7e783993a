namespace DeepLearning;

/// <summary>Uniform in [minimum, maximum); ±0.05 by default. Keras: <c>RandomUniform</c> (PyTorch's <c>uniform_</c>: [0, 1)).</summary>
/// <param name="minimum">Lower bound; −0.05 by default.</param>
/// <param name="maximum">Upper bound, at least the lower; 0.05 by default.</param>
public sealed class RandomUniform(double minimum = -0.05, double maximum = 0.05) : Initializer
{
    /// <summary>Lower bound; −0.05 by default.</summary>
    public double Minimum { get; init => field = Setting.Finite(value); } = Setting.Finite(minimum, nameof(minimum));

    /// <summary>Upper bound, at least the lower; 0.05 by default.</summary>
    public double Maximum { get; init => field = Setting.Finite(value); } = Setting.Finite(maximum, nameof(maximum)) >= minimum
        ? maximum
        : throw new ArgumentOutOfRangeException(nameof(maximum), maximum, TooSmall(minimum, maximum));

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The maximum was set below the minimum.</exception>
    public override void Fill(Span<float> values, Shape shape, RandomStream random)
    {
        if (Maximum < Minimum) throw new InvalidOperationException(TooSmall(Minimum, Maximum));
        random.FillUniform(values, (float)Minimum, (float)Maximum);
    }

    private static string TooSmall(double minimum, double maximum)
        => FormattableString.Invariant($"Expected a maximum of at least the minimum {minimum}, got {maximum}.");

    /// <summary>How it appears in files.</summary>
    internal static PartKind Definition { get; } = PartKind.Of<RandomUniform>(
        "RandomUniform", static (u, s) => s.Set("minimum", u.Minimum).Set("maximum", u.Maximum), static s => new(s.GetDouble("minimum"), s.GetDouble("maximum")));
}
