using Spectre.Console.Rendering;

namespace DeepLearning.Reporting;

/// <summary>The size of a drawing with an axis at its left, in characters.</summary>
internal static class DrawingSize
{
    private const int Axis = 10, Smallest = 8;

    public static int Require(int value, string name)
        => value >= Smallest ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least {Smallest}, got {value}.");

    /// <summary>What a drawing of so many columns takes of a line.</summary>
    public static Measurement Measure(int columns, int maxWidth)
    {
        int width = Math.Min(columns + Axis, maxWidth);
        return new(width, width);
    }

    /// <summary>The columns that a line has room for, beside the axis.</summary>
    public static int Columns(int wanted, int maxWidth) => Math.Max(Smallest, Math.Min(wanted, maxWidth - Axis));
}
