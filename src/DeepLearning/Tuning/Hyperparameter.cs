namespace DeepLearning;

/// <summary>
/// A setting that a search varies: a name and the values it may take. Created by <see cref="Uniform"/>, <see cref="LogUniform"/>, <see cref="Integer"/> and
/// <see cref="Choice{T}"/>; a trial's value is <c>trial.Get(rate)</c>.
/// </summary>
public abstract class Hyperparameter
{
    private protected Hyperparameter(string name) => Name = name;

    /// <summary>The name in tables and files.</summary>
    public string Name { get; }

    /// <summary>The number of values, if they can be counted; null for an interval.</summary>
    public abstract int? ValueCount { get; }

    /// <summary>Whether a position between two others has a value between theirs: false for a choice.</summary>
    internal abstract bool IsOrdered { get; }

    /// <summary>The values as text: the same in two searches over the same values.</summary>
    internal abstract string Description { get; }

    /// <summary>Numbers that are equally likely anywhere in the interval: a dropout rate.</summary>
    /// <param name="name">The name in tables and files.</param>
    /// <param name="minimum">The smallest value.</param>
    /// <param name="maximum">The largest value, above the smallest.</param>
    /// <exception cref="ArgumentException">The name is empty, or the interval is.</exception>
    public static Hyperparameter<double> Uniform(string name, double minimum, double maximum)
    {
        RequireInterval(
            name, minimum, maximum, double.IsFinite(minimum) && double.IsFinite(maximum - minimum) && minimum < maximum, "finite, minimum < maximum");
        return new(
            name, u => u >= 1 ? maximum : minimum + u * (maximum - minimum), null, true, FormattableString.Invariant($"uniform {minimum:R} to {maximum:R}"));
    }

    /// <summary>Numbers whose logarithm is equally likely anywhere: a learning rate, where 0.001 to 0.01 is as wide as 0.01 to 0.1.</summary>
    /// <param name="name">The name in tables and files.</param>
    /// <param name="minimum">The smallest value, above 0.</param>
    /// <param name="maximum">The largest value, above the smallest.</param>
    /// <exception cref="ArgumentException">The name is empty, the interval is, or it contains 0.</exception>
    public static Hyperparameter<double> LogUniform(string name, double minimum, double maximum)
    {
        RequireInterval(name, minimum, maximum, minimum > 0 && double.IsFinite(maximum) && minimum < maximum, "finite, 0 < minimum < maximum");
        return new(
            name, u => u <= 0 ? minimum : u >= 1 ? maximum : Math.Exp(Math.Log(minimum) + u * (Math.Log(maximum) - Math.Log(minimum))), null, true,
            FormattableString.Invariant($"log-uniform {minimum:R} to {maximum:R}"));
    }

    /// <summary>Whole numbers, all equally likely: a number of units or layers. For powers of two, use <see cref="Choice{T}"/>.</summary>
    /// <param name="name">The name in tables and files.</param>
    /// <param name="minimum">The smallest value.</param>
    /// <param name="maximum">The largest value, included; at least the smallest.</param>
    /// <exception cref="ArgumentException">The name is empty, or there is no value.</exception>
    public static Hyperparameter<int> Integer(string name, int minimum, int maximum)
    {
        long count = (long)maximum - minimum + 1;
        RequireInterval(name, minimum, maximum, count is >= 1 and <= int.MaxValue, "minimum ≤ maximum, at most 2³¹ − 1 values");
        return new(name, u => (int)(minimum + Place(u, count)), (int)count, true, FormattableString.Invariant($"integer {minimum} to {maximum}"));
    }

    /// <summary>One of some values, all equally likely and in no order: a number of units, an activation, an optimizer by name.</summary>
    /// <typeparam name="T">The kind of value; its text must tell values apart.</typeparam>
    /// <param name="name">The name in tables and files.</param>
    /// <param name="values">The values.</param>
    /// <exception cref="ArgumentException">The name is empty, there is no value, or two have the same text.</exception>
    public static Hyperparameter<T> Choice<T>(string name, params IReadOnlyList<T> values) where T : notnull
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(values);
        T[] kept = [.. values];
        if (kept.Length == 0) throw new ArgumentException($"The hyperparameter {name} has no value to choose from.", nameof(values));
        string[] texts = Array.ConvertAll(kept, v => SearchText.Of(v));
        if (texts.GroupBy(t => t).FirstOrDefault(g => g.Count() > 1) is { Key: var twice })
            throw new ArgumentException($"The hyperparameter {name} has two values that read {twice}: a table could not tell them apart.", nameof(values));
        return new(name, u => kept[(int)Place(u, kept.Length)], kept.Length, false, $"choice of {string.Join(", ", texts)}");
    }

    /// <summary>The position in the middle of a value's part of [0, 1].</summary>
    internal static double PositionOf(int value, int count) => (value + 0.5) / count;

    /// <summary>The number of the value at a position.</summary>
    internal static long Place(double position, long count) => Math.Clamp((long)(position * count), 0, count - 1);

    /// <summary>The value at a position, as text: for tables and drawings.</summary>
    /// <param name="position">From 0, the smallest or first value, to 1, the largest or last.</param>
    public abstract string TextAt(double position);

    /// <summary>The description, as code reads it.</summary>
    public override string ToString() => $"{Name}: {Description}";

    private static void RequireInterval(string name, double minimum, double maximum, bool holds, string expected)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!holds)
            throw new ArgumentException(FormattableString.Invariant($"The hyperparameter {name} needs {expected}, got {minimum} to {maximum}."), nameof(minimum));
    }
}
