namespace DeepLearning;

/// <summary>Whole numbers as float32: beyond 2²⁴ it does not hold all, and rounds different dates and identifiers to the same value.</summary>
internal static class WholeFloats
{
    /// <summary>The number up to which float32 holds every whole number.</summary>
    public const int Largest = 1 << 24;

    /// <summary>Whether a number is none that must be exact, or float32 holds it.</summary>
    public static bool Holds(double x) => Math.Abs(x) <= Largest || x != Math.Floor(x) || (float)x == x;

    /// <summary>For messages about one that it does not hold.</summary>
    public static string Refusal(string number) => $"float32 cannot represent {number}, nor all whole numbers beyond {Largest}";
}
