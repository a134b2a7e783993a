using System.Globalization;

namespace DeepLearning.Data;

/// <summary>Makes samples of rows of values: the inputs, the target, and the weight if there is one.</summary>
/// <param name="columns">Which columns they are.</param>
/// <param name="source">The source, for messages.</param>
internal sealed class RowConversion(RowColumns columns, string source)
{
    private readonly IReadOnlyList<string> names = columns.All;
    private readonly Dictionary<string, int>? labels = columns.ClassNames?.Select((name, label) => (name, label)).ToDictionary(c => c.name, c => c.label);

    /// <summary>A sample; null if a value is missing, and such rows are left out.</summary>
    /// <param name="values">In the order of <see cref="RowColumns.All"/>.</param>
    /// <param name="row">The number of the row, from 0.</param>
    /// <exception cref="DataFormatException">A value is missing or cannot be used.</exception>
    public Sample? Convert(ReadOnlySpan<object?> values, long row)
    {
        int missing = Missing(values);
        if (missing >= 0)
            return columns.DropMissing ? null : throw Wrong(missing, row, "the value is missing. Fill it in, or set RowColumns.DropMissing");
        int features = columns.Inputs.Count;
        var inputs = new float[features];
        for (int i = 0; i < features; i++) inputs[i] = Number(values[i]!, i, row);
        Tensor x = Tensor.From<float>(inputs, [features]);
        float? weight = columns.Weight is null ? null : Number(values[features + 1]!, features + 1, row);
        if (weight < 0) throw Wrong(features + 1, row, FormattableString.Invariant($"expected a weight of at least 0, got {weight}"));
        if (labels is not null) return new Sample(x, Label(values[features]!, features, row), weight);
        float target = Number(values[features]!, features, row);
        if (!columns.TargetsAreLabels) return new Sample(x, (double)target, weight);
        return target == MathF.Floor(target) && target >= 0
            ? new Sample(x, (int)target, weight)
            : throw Wrong(features, row, FormattableString.Invariant($"expected a label, a whole number from 0, got {target}"));
    }

    private static int Missing(ReadOnlySpan<object?> values)
    {
        for (int i = 0; i < values.Length; i++)
            if (values[i] is null or DBNull) return i;
        return -1;
    }

    private float Number(object value, int column, long row)
    {
        switch (value)
        {
            case float or double or Half:
                double real = System.Convert.ToDouble(value is Half half ? (float)half : value, CultureInfo.InvariantCulture);
                if (!float.IsFinite((float)real))
                    throw Wrong(column, row, FormattableString.Invariant($"expected a finite number within float32, got {real}"));
                return WholeFloats.Holds(real) ? (float)real : throw NotHeld(real, column, row);
            case bool truth:
                return truth ? 1f : 0f;
            case decimal or sbyte or byte or short or ushort or int or uint or long or ulong:
                decimal exact = System.Convert.ToDecimal(value, CultureInfo.InvariantCulture);
                var single = (float)exact;
                return Math.Abs(exact) <= WholeFloats.Largest || exact != decimal.Truncate(exact) || IsHeld(single, exact) ? single
                    : throw NotHeld(exact, column, row);
            default:
                throw Wrong(column, row, $"expected a number, got '{Text(value)}' of type {value.GetType().Name}");
        }
    }

    /// <summary>The largest floats are beyond decimal, but then so is the number.</summary>
    private static bool IsHeld(float single, decimal exact) => MathF.Abs(single) < 7.9e28f && (decimal)(double)single == exact;

    private DataFormatException NotHeld(object number, int column, long row)
        => Wrong(column, row, $"{WholeFloats.Refusal(Text(number))}: subtract an offset, or divide");

    private int Label(object value, int column, long row)
    {
        string text = Text(value);
        return labels!.TryGetValue(text, out int label)
            ? label
            : throw Wrong(column, row, $"expected one of the classes {string.Join(", ", labels.Keys.Take(20))}{(labels.Count > 20 ? ", …" : "")}, got "
                + $"'{text}'");
    }

    private static string Text(object value) => System.Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private DataFormatException Wrong(int column, long row, string what) => new($"{source}, row {row} (from 0), column '{names[column]}': {what}.");
}
