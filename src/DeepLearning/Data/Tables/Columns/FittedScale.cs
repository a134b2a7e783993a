using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>y = (f(x) − offset) / scale, where f is log(1 + x) or nothing; optionally with a flag that is 1 where the value is missing.</summary>
internal sealed class FittedScale(string kind, NumberSource source, bool flag, bool isLog, double offset, double scale) : FittedColumn
{
    public const string Standard = "standard", MinMax = "min_max", Robust = "robust", Log1p = "log1p", PassThrough = "pass_through";

    public override string Kind => kind;

    public override IReadOnlyList<string> Sources => [source.Name];

    public override IReadOnlyList<string> FeatureNames { get; } = flag ? [source.Name, $"{source.Name} is missing"] : [source.Name];

    public double Offset => offset;

    public double Scale => scale;

    public override void Encode(Table table, Span<float> block, int stride)
    {
        double[] values = source.Values(table);
        for (int r = 0; r < values.Length; r++) block[r * stride] = Encoded(table, r, values[r]);
        if (!flag) return;
        bool[] missing = source.AreMissing(table);
        for (int r = 0; r < missing.Length; r++) block[r * stride + 1] = missing[r] ? 1f : 0f;
    }

    /// <summary>Back to the column's unit: x = f⁻¹(y · scale + offset).</summary>
    public double Inverse(float y)
    {
        double x = y * scale + offset;
        return isLog ? NearZero.Expm1(x) : x;
    }

    public override void Write(Settings settings)
    {
        source.Write(settings);
        settings.Set("flag", flag).Set("log", isLog).Set("offset", offset).Set("scale", scale);
    }

    public static FittedScale Read(string kind, Settings s)
        => new(kind, NumberSource.Read(s), s.GetBoolean("flag"), s.GetBoolean("log"), s.GetDouble("offset"), s.GetDouble("scale"));

    private float Encoded(Table table, int row, double x)
    {
        if (isLog && x <= -1)
            throw Fault(table, row, FormattableString.Invariant($"log(1 + x) needs numbers above −1, got {x}"));
        float y = (float)(((isLog ? NearZero.Log1p(x) : x) - offset) / scale);
        if (!float.IsFinite(y)) throw Fault(table, row, FormattableString.Invariant($"{x} is beyond float32 once it is scaled"));
        bool isPlain = offset == 0 && scale == 1 && !isLog;
        if (isPlain && !WholeFloats.Holds(x))
            throw Fault(table, row, $"{WholeFloats.Refusal(CellValue.Text(x))}; scale the column, or take it as categories");
        return y;
    }

    private TableMismatchException Fault(Table table, int row, string what) => new($"Column '{source.Name}', {table.At(row)}: {what}.", source.Name, row);
}
