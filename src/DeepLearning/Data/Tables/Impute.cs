using MathNet.Numerics.Statistics;

namespace DeepLearning;

/// <summary>What stands in for a missing value: a figure of the rows that the encoding is fitted to, or a constant.</summary>
public sealed class Impute
{
    private readonly Kind kind;
    private readonly double number;
    private readonly string? text;

    private Impute(Kind kind, double number = 0, string? text = null) => (this.kind, this.number, this.text) = (kind, number, text);

    private enum Kind { Mean, Median, MostFrequent, Number, Text }

    /// <summary>The mean of the values that are there.</summary>
    public static Impute Mean { get; } = new(Kind.Mean);

    /// <summary>The median of the values that are there.</summary>
    public static Impute Median { get; } = new(Kind.Median);

    /// <summary>The value that occurs most often, for numbers and text; of several the smallest, or the first by character code.</summary>
    public static Impute MostFrequent { get; } = new(Kind.MostFrequent);

    /// <summary>A number.</summary>
    /// <param name="value">Finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is NaN or infinite.</exception>
    public static Impute Constant(double value)
        => double.IsFinite(value) ? new(Kind.Number, value)
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"Expected a finite number, got {value}.");

    /// <summary>A text: as a category, missing values are then one of their own.</summary>
    /// <param name="value">The text.</param>
    public static Impute Constant(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(Kind.Text, text: value);
    }

    /// <summary>For example <c>Median</c> or <c>Constant(0)</c>.</summary>
    public override string ToString() => kind switch
    {
        Kind.Number => FormattableString.Invariant($"Constant({number})"),
        Kind.Text => $"Constant(\"{text}\")",
        _ => kind.ToString(),
    };

    /// <summary>The number to fill in.</summary>
    /// <param name="present">The values that are there, at least one.</param>
    /// <param name="column">For the message.</param>
    internal double Of(double[] present, string column) => kind switch
    {
        Kind.Mean => ArrayStatistics.Mean(present),
        Kind.Median => present.Median(),
        Kind.MostFrequent => present.CountBy(v => v).OrderByDescending(v => v.Value).ThenBy(v => v.Key).First().Key,
        Kind.Number => number,
        _ => throw new ArgumentException($"Column '{column}' holds numbers: {this} cannot stand in for a missing one."),
    };

    /// <summary>The text to fill in.</summary>
    /// <param name="present">The values that are there, at least one.</param>
    /// <param name="column">For the message.</param>
    internal string Of(string[] present, string column) => kind switch
    {
        Kind.MostFrequent => present.CountBy(v => v).OrderByDescending(v => v.Value).ThenBy(v => v.Key, StringComparer.Ordinal).First().Key,
        Kind.Text => text!,
        Kind.Number => CellValue.Text(number),
        _ => throw new ArgumentException(
            $"Column '{column}' holds categories, which have no {kind.ToString().ToLowerInvariant()}: use Impute.MostFrequent or "
                + "Impute.Constant(\"missing\")."),
    };
}
