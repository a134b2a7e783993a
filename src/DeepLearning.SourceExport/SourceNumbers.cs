using System.Globalization;

namespace DeepLearning.SourceExport;

/// <summary>Numbers as C# literals that give back the same bits, except those of a NaN.</summary>
internal static class SourceNumbers
{
    /// <summary>For display: 101,770.</summary>
    public static string Grouped(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Literal(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Literal(float value) => value switch
    {
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        float.NaN => "float.NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture) + "f",
    };

    public static string Literal(double value) => value.ToString("R", CultureInfo.InvariantCulture) + "d";
}
