namespace DeepLearning;

/// <summary>The tensors of one layer: those whose names are the same up to the last dot.</summary>
internal sealed class WeightGroup
{
    private readonly Dictionary<string, (string Name, Shape Shape)> members = [];
    private readonly string prefix;

    private WeightGroup(string prefix) => this.prefix = prefix;

    private string Signature => string.Join("; ", members.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key} {m.Value.Shape}"));

    /// <summary>The prefix with # for its numbers: what layers of one counted row have in common.</summary>
    private string Row => string.Concat(Pieces().Select(p => char.IsAsciiDigit(p[0]) ? "#" : p));

    /// <summary>Groups tensors, in the order in which their layers first come.</summary>
    public static List<WeightGroup> Of(IEnumerable<(string Name, Shape Shape)> tensors)
    {
        var groups = new List<WeightGroup>();
        foreach ((string name, Shape shape) in tensors)
        {
            WeightGroup? group = groups.Find(g => g.Owns(name));
            if (group is null) groups.Add(group = new WeightGroup(Prefix(name)));
            group.members[RoleOf(name)] = (name, shape);
        }

        return groups;
    }

    /// <summary>
    /// Pairs layers with offered ones: by shapes where there is just one way, else, where the offered ones are one counted row of as many, by their numbers.
    /// </summary>
    /// <returns>The pairs, or null where neither decides.</returns>
    public static IReadOnlyList<(WeightGroup Layer, WeightGroup Source)>? Pair(IReadOnlyList<WeightGroup> layers, IReadOnlyList<WeightGroup> offered)
    {
        if (layers.Select(l => l.Signature).Distinct().Count() == layers.Count)
        {
            ILookup<string, WeightGroup> bySignature = offered.ToLookup(o => o.Signature);
            if (layers.All(l => bySignature[l.Signature].Count() == 1)) return [.. layers.Select(l => (l, bySignature[l.Signature].First()))];
        }

        if (layers.Count != offered.Count || offered.Select(o => o.Row).Distinct().Count() != 1) return null;
        return [.. layers.Zip(offered.Order(Comparer<WeightGroup>.Create(ByNumbers)))];
    }

    /// <summary>Whether a tensor of this name belongs to the layer.</summary>
    public bool Owns(string name) => Prefix(name) == prefix;

    /// <summary>What a tensor is to its layer: <c>kernel</c>, which PyTorch calls <c>weight</c>, <c>bias</c>, ….</summary>
    public static string RoleOf(string name)
    {
        string role = name[(name.LastIndexOf('.') + 1)..];
        return role == "weight" ? "kernel" : role;
    }

    /// <summary>The tensor of a role, or null.</summary>
    public string? Find(string role) => members.TryGetValue(role, out (string Name, Shape) member) ? member.Name : null;

    public override string ToString() => $"{(prefix.Length == 0 ? "(no name)" : prefix)} ({Signature})";

    private static string Prefix(string name) => name[..Math.Max(0, name.LastIndexOf('.'))];

    private static int ByNumbers(WeightGroup a, WeightGroup b)
    {
        foreach ((string x, string y) in a.Pieces().Zip(b.Pieces()))
        {
            // Numbers of any length: without leading zeros, the longer one is the larger.
            (string left, string right) = (x.TrimStart('0'), y.TrimStart('0'));
            int order = char.IsAsciiDigit(x[0]) ? (left.Length, left).CompareTo((right.Length, right)) : 0;
            if (order != 0) return order;
        }

        return 0;
    }

    /// <summary>The prefix as runs of digits and of other characters.</summary>
    private List<string> Pieces()
    {
        var pieces = new List<string>();
        for (int start = 0, end = 0; start < prefix.Length; start = end)
        {
            bool digit = char.IsAsciiDigit(prefix[start]);
            while (end < prefix.Length && char.IsAsciiDigit(prefix[end]) == digit) end++;
            pieces.Add(prefix[start..end]);
        }

        return pieces;
    }
}
