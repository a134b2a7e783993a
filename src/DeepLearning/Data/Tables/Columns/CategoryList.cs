using System.Globalization;

namespace DeepLearning;

/// <summary>The categories that a column learned, in order, and the place of each.</summary>
internal sealed class CategoryList
{
    private readonly Dictionary<string, int> placeOf = [];

    public CategoryList(IReadOnlyList<string> names)
    {
        Names = names;
        for (int i = 0; i < names.Count; i++)
            if (!placeOf.TryAdd(names[i], i)) throw new FormatException($"the category {names[i]} appears twice");
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>All categories, numbers by value and others by character code.</summary>
    /// <param name="values">A category for each row.</param>
    /// <param name="type">What the column holds.</param>
    /// <param name="maximum">Keeps the most frequent, of equally frequent ones the first; null keeps all.</param>
    /// <param name="minimumCount">Keeps those that occur as often at least.</param>
    public static CategoryList Sorted(string[] values, TableType type, int? maximum, int minimumCount)
        => new([.. InOrder(Frequent(values, type, maximum, minimumCount), type)]);

    /// <summary>The categories by how often they occur, the most frequent first, as Keras's StringLookup orders them.</summary>
    public static CategoryList ByFrequency(string[] values, TableType type, int? maximum, int minimumCount)
        => new([.. Frequent(values, type, maximum, minimumCount)]);

    /// <summary>The place of a category; −1 if it is not among them.</summary>
    public int Find(string name) => placeOf.GetValueOrDefault(name, -1);

    /// <summary>All, or the first few, for a message.</summary>
    public override string ToString() => $"{string.Join(", ", Names.Take(20))}{(Names.Count > 20 ? ", …" : "")}";

    private static IEnumerable<string> Frequent(string[] values, TableType type, int? maximum, int minimumCount)
    {
        Dictionary<string, int> counts = values.CountBy(v => v).Where(v => v.Value >= minimumCount).ToDictionary();
        return InOrder(counts.Keys, type).OrderByDescending(name => counts[name]).Take(maximum ?? int.MaxValue);
    }

    private static IEnumerable<string> InOrder(IEnumerable<string> names, TableType type)
        => type == TableType.Number
            ? names.OrderBy(n => double.TryParse(n, CultureInfo.InvariantCulture, out double value) ? value : double.PositiveInfinity)
                .ThenBy(n => n, StringComparer.Ordinal)
            : names.Order(StringComparer.Ordinal);
}
