using System.Globalization;

namespace DeepLearning;

/// <summary>Every value the same; 0 by default, as for biases.</summary>
/// <param name="value">Every value.</param>
public sealed class Constant(double value = 0) : Initializer
{
    /// <summary>Every value; 0 by default.</summary>
    public double Value { get; init => field = Setting.Number(value); } = Setting.Number(value, nameof(value));

    /// <summary>All zeros.</summary>
    public static Constant Zeros { get; } = new(0);

    /// <summary>All ones.</summary>
    public static Constant Ones { get; } = new(1);

    /// <inheritdoc/>
    public override void Fill(Span<float> values, Shape shape, RandomStream random) => values.Fill((float)Value);

    private void Write(Settings settings)
    {
        if (double.IsFinite(Value)) settings.Set("value", Value);
        else settings.Set("not_finite", Value.ToString(CultureInfo.InvariantCulture));
    }

    private static Constant Read(Settings settings)
        => new(settings.TextOrNull("not_finite") is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : settings.GetDouble("value"));

    /// <summary>How it appears in files.</summary>
    internal static PartKind Definition { get; } = PartKind.Of<Constant>("Constant", static (c, s) => c.Write(s), Read);
}
