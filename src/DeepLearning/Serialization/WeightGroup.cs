namespace DeepLearning;

/// <summary>The tensors of one layer: those whose names are the same up to the last dot.</summary>
internal sealed class WeightGroup
{
    private readonly Dictionary<string, (string Name, Shape Shape)> members = [];
    private readonly List<string> pieces = [];

    private WeightGroup(string prefix)
    {
        Prefix = prefix;
        for (int start = 0, end = 0; start < prefix.Length; start = end)
        {
            bool digit = char.IsAsciiDigit(prefix[start]);
            while (end < prefix.Length && char.IsAsciiDigit(prefix[end]) == digit) end++;
            pieces.Add(prefix[start..end]);
        }
    }

    /// <summary>The name of the layer.</summary>
    public string Prefix { get; }

    /// <summary>The tensors by their role in the layer, the name after the last dot.</summary>
    public IReadOnlyDictionary<string, (string Name, Shape Shape)> Members => members;

    /// <summary>The layer's roles and shapes: layers with equal signatures are interchangeable.</summary>
    public string Signature => string.Join("; ", members.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key} {m.Value.Shape}"));

    /// <summary>
    /// The prefix with # for its numbers: what layers of one numbered series have in common. The first of a Keras series has no number: <c>dense</c>,
    /// <c>dense_1</c>.
    /// </summary>
    private string Row
    {
        get
        {
            string row = string.Concat(pieces.Select(p => char.IsAsciiDigit(p[0]) ? "#" : p));
            return row.EndsWith("_#", StringComparison.Ordinal) ? row[..^2] : row;
        }
    }

    /// <summary>Groups tensors, in the order in which their layers first appear.</summary>
    public static List<WeightGroup> Of(IEnumerable<(string Name, Shape Shape)> tensors)
    {
        var groups = new List<WeightGroup>();
        var byPrefix = new Dictionary<string, WeightGroup>();
        foreach ((string name, Shape shape) in tensors)
        {
            string prefix = PrefixOf(name);
            if (!byPrefix.TryGetValue(prefix, out WeightGroup? group))
            {
                byPrefix.Add(prefix, group = new WeightGroup(prefix));
                groups.Add(group);
            }

            // Where .weight and ..weight meet, the second cannot be looked up.
            string role = name[(name.LastIndexOf('.') + 1)..];
            if (!group.members.TryAdd(role, (name, shape))) group.members.Add("." + role, (name, shape));
        }

        return groups;
    }

    /// <summary>The name of the layer that a tensor belongs to; <c>weight</c> and <c>.weight</c> belong to different ones.</summary>
    public static string PrefixOf(string name) => name.StartsWith('.') && name.LastIndexOf('.') == 0 ? "." : name[..Math.Max(0, name.LastIndexOf('.'))];

    /// <summary>
    /// Pairs layers with offered ones. Either all are matched by name, or none: a name that occurs in both by chance, as in two series that count from 0 and
    /// from 1, would give a layer the weights of another. Without names, layers of the same shapes are matched in the order of the numbers in one series.
    /// </summary>
    /// <param name="layers">The model's, in order.</param>
    /// <param name="offered">The file's.</param>
    /// <param name="fits">Whether a layer can take what is offered.</param>
    /// <returns>The pairs, or null if they cannot be determined.</returns>
    public static IReadOnlyList<(WeightGroup Layer, WeightGroup Source)>? Pair(
        IReadOnlyList<WeightGroup> layers, IReadOnlyList<WeightGroup> offered, Func<WeightGroup, WeightGroup, bool> fits)
    {
        Dictionary<string, WeightGroup> byName = offered.ToDictionary(o => o.Prefix);
        if (layers.All(l => byName.ContainsKey(l.Prefix))) return [.. layers.Select(l => (l, byName[l.Prefix]))];
        return ByShape(layers, offered, fits) ?? InOrder(layers, offered);
    }

    /// <summary>The tensor for a parameter's role in its layer, or null.</summary>
    /// <param name="role">What it is: <c>kernel</c>.</param>
    /// <param name="foreign">Its name elsewhere: <c>weight</c>; null if it is the same.</param>
    public string? Find(string role, string? foreign)
        => members.TryGetValue(role, out (string Name, Shape) member) || (foreign is not null && members.TryGetValue(foreign, out member)) ? member.Name : null;

    public override string ToString() => $"{(Prefix.Length == 0 ? "(no name)" : Prefix)} ({Signature})";

    /// <summary>Pairs each kind of layer with the offered ones that fit it and no other kind, if there are as many.</summary>
    private static List<(WeightGroup, WeightGroup)>? ByShape(
        IReadOnlyList<WeightGroup> layers, IReadOnlyList<WeightGroup> offered, Func<WeightGroup, WeightGroup, bool> fits)
    {
        var pairs = new List<(WeightGroup, WeightGroup Source)>();
        foreach (IGrouping<string, WeightGroup> kind in layers.GroupBy(l => l.Signature))
        {
            if (InOrder([.. kind], [.. offered.Where(o => fits(kind.First(), o))]) is not { } some) return null;
            pairs.AddRange(some);
        }

        return pairs.DistinctBy(p => p.Source).Count() == pairs.Count ? pairs : null;
    }

    /// <summary>Pairs as many offered ones as there are layers, if they form one series with distinct numbers.</summary>
    private static List<(WeightGroup, WeightGroup)>? InOrder(IReadOnlyList<WeightGroup> layers, IReadOnlyList<WeightGroup> offered)
    {
        if (layers.Count != offered.Count || offered.Select(o => o.Row).Distinct().Count() > 1) return null;
        WeightGroup[] row = [.. offered.Order(Comparer<WeightGroup>.Create(ByNumbers))];
        return row.Zip(row.Skip(1)).All(p => ByNumbers(p.First, p.Second) < 0) ? [.. layers.Zip(row)] : null;
    }

    private static int ByNumbers(WeightGroup a, WeightGroup b)
    {
        foreach ((string x, string y) in a.pieces.Zip(b.pieces))
        {
            // Numbers of any length: without leading zeros, the longer one is the larger.
            (string left, string right) = (x.TrimStart('0'), y.TrimStart('0'));
            int order = char.IsAsciiDigit(x[0]) && char.IsAsciiDigit(y[0])
                ? left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(left, right)
                : 0;
            if (order != 0) return order;
        }

        return a.pieces.Count.CompareTo(b.pieces.Count);
    }
}
