using System.Runtime.CompilerServices;

namespace DeepLearning;

/// <summary>
/// Numbers that users set in double precision, because 0.01 is a double in C#, and that the arithmetic uses as float32. Both must be in range: a number that
/// rounds to 0, 1 or infinity is refused if that value would be.
/// </summary>
internal static class Setting
{
    /// <summary>A finite number, or an exception that names it.</summary>
    public static double Finite(double value, [CallerMemberName] string? name = null) => Require(value, double.IsFinite, "finite", name);

    /// <summary>A finite number ≥ 0, or an exception that names it.</summary>
    public static double NotNegative(double value, [CallerMemberName] string? name = null)
        => Require(value, static v => v >= 0 && double.IsFinite(v), "finite and ≥ 0", name);

    /// <summary>A finite number > 0, or an exception that names it.</summary>
    public static double Positive(double value, [CallerMemberName] string? name = null)
        => Require(value, static v => v > 0 && double.IsFinite(v), "finite and > 0", name);

    /// <summary>A number in [0, 1), or an exception that names it.</summary>
    public static double Share(double value, [CallerMemberName] string? name = null) => Require(value, static v => v is >= 0 and < 1, "in [0, 1)", name);

    /// <summary>A number in [0, 1], or an exception that names it.</summary>
    public static double Weight(double value, [CallerMemberName] string? name = null) => Require(value, static v => v is >= 0 and <= 1, "in [0, 1]", name);

    /// <summary>A number in (0, 1), or an exception that names it.</summary>
    public static double Within(double value, [CallerMemberName] string? name = null) => Require(value, static v => v is > 0 and < 1, "in (0, 1)", name);

    /// <summary>Any number that float32 can hold, or an exception that names it.</summary>
    public static double Number(double value, [CallerMemberName] string? name = null)
    {
        _ = Single(value, name);
        return value;
    }

    /// <summary>A number as float32: NaN and infinities are kept, but a finite number that float32 cannot hold is refused.</summary>
    public static float Single(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
        => float.IsFinite((float)value) || !double.IsFinite(value)
            ? (float)value
            : throw new ArgumentOutOfRangeException(
                name, value, FormattableString.Invariant($"{name} must fit a float32, at most ±{float.MaxValue}, got {value}."));

    private static double Require(double value, Func<double, bool> holds, string expected, string? name)
    {
        float single = (float)value;
        if (holds(value) && holds(single)) return value;
        string got = single == value ? FormattableString.Invariant($"{single}") : FormattableString.Invariant($"{value}");
        if (holds(value)) got += FormattableString.Invariant($", which is {single} as float32");
        throw new ArgumentOutOfRangeException(name, value, $"{name} must be {expected}, got {got}.");
    }
}
