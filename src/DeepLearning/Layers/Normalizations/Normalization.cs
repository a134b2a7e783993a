using System.Globalization;

namespace DeepLearning;

/// <summary>
/// y = (x − offset) / scale for each column: preprocessing as part of the model, so that it is saved, served and exported with it, and the model takes raw
/// values. Uses what a scaler has learned: means and standard deviations, or minima and ranges; the results equal the scaler's bit for bit. Nothing is trained.
/// Keras: <c>layers.Normalization(mean=…, variance=…)</c>, which takes variances.
/// </summary>
public sealed class Normalization : Layer
{
    private readonly double[] offset, scale;

    /// <summary>A layer with these values, one of each per column of a sample.</summary>
    /// <param name="offset">What is subtracted; finite.</param>
    /// <param name="scale">What the difference is divided by; finite and not 0.</param>
    /// <exception cref="ArgumentException">There are no columns, the lengths differ, or a number cannot be used.</exception>
    public Normalization(ReadOnlySpan<double> offset, ReadOnlySpan<double> scale)
    {
        if (offset.IsEmpty || offset.Length != scale.Length)
            throw new ArgumentException($"Expected an offset and a scale for each column, got {offset.Length} offsets and {scale.Length} scales.", nameof(scale));
        if (offset.IndexOfAnyExceptInRange(double.MinValue, double.MaxValue) is >= 0 and var o)
            throw new ArgumentException($"Offsets are finite, got {offset[o]} for column {o}.", nameof(offset));
        if (scale.IndexOfAnyExceptInRange(double.MinValue, double.MaxValue) is >= 0 and var s)
            throw new ArgumentException($"Scales are finite and not 0, got {scale[s]} for column {s}.", nameof(scale));
        if (scale.IndexOf(0.0) is >= 0 and var z) throw new ArgumentException($"Scales are finite and not 0, got {scale[z]} for column {z}.", nameof(scale));
        this.offset = offset.ToArray();
        this.scale = scale.ToArray();
    }

    /// <summary>What is subtracted from each column.</summary>
    public ReadOnlySpan<double> Offset => offset;

    /// <summary>What each column is divided by.</summary>
    public ReadOnlySpan<double> Scale => scale;

    /// <inheritdoc/>
    public override Shape Build(Shape input, LayerBuilder builder)
        => input.Size == offset.Length
            ? input
            : throw new ShapeMismatchException($"has numbers for {offset.Length} columns, but a sample has {input.Size} values");

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, LayerContext context)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Normalize.Apply(x, offset, scale);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Normalization({offset.Length} columns)");

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of<Normalization>(
        "Normalization", static (n, s) => s.Set("offset", n.Offset).Set("scale", n.Scale), static s => new(s.GetDoubles("offset"), s.GetDoubles("scale")));
}
