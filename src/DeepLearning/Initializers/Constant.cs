namespace DeepLearning;

/// <summary>Every value the same; 0 by default, as for biases.</summary>
/// <param name="value">Every value.</param>
public sealed class Constant(float value = 0f) : Initializer
{
    /// <summary>All zeros.</summary>
    public static Constant Zeros { get; } = new(0f);

    /// <summary>All ones.</summary>
    public static Constant Ones { get; } = new(1f);

    /// <inheritdoc/>
    public override void Fill(Span<float> values, Shape shape, RandomStream random) => values.Fill(value);
}
