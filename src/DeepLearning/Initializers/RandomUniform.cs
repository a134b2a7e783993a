namespace DeepLearning;

/// <summary>Uniform in [minimum, maximum); ±0.05 by default. Keras: <c>RandomUniform</c> (PyTorch's <c>uniform_</c>: [0, 1)).</summary>
/// <param name="minimum">Lower bound; −0.05 by default.</param>
/// <param name="maximum">Upper bound, at least the lower; 0.05 by default.</param>
public sealed class RandomUniform(double minimum = -0.05, double maximum = 0.05) : Initializer
{
    private readonly float minimum = (float)Setting.Finite(minimum, nameof(minimum));
    private readonly float maximum = Setting.Finite(maximum, nameof(maximum)) >= minimum
        ? (float)maximum
        : throw new ArgumentOutOfRangeException(
            nameof(maximum), maximum, FormattableString.Invariant($"Expected a maximum of at least the minimum {minimum}, got {maximum}."));

    /// <inheritdoc/>
    public override void Fill(Span<float> values, Shape shape, RandomStream random) => random.FillUniform(values, minimum, maximum);
}
