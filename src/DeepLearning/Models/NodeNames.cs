namespace DeepLearning;

/// <summary>The names of layers and inputs in a model: those that users gave, and for all others the kind in snake case, numbered from the second on.</summary>
internal sealed class NodeNames
{
    private readonly HashSet<string> taken = [];
    private readonly Dictionary<string, int> seen = [];

    /// <summary>Checks a name that a user gives.</summary>
    /// <exception cref="ArgumentException">Parameters and files cannot be called by it.</exception>
    public static void Require(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/') && !IsReserved(name)) return;
        throw new ArgumentException(
            $"A name has ASCII letters, digits, _, -, . and / and does not begin with '{StateWriter.BesideWeights}.', which files keep for themselves; "
            + $"got '{name}'.", nameof(name));
    }

    /// <summary>Takes a name that must be kept as it is.</summary>
    /// <exception cref="ArgumentException">It is taken.</exception>
    public void Reserve(string name)
    {
        if (!taken.Add(name)) throw new ArgumentException($"Two layers or inputs of the model have the name '{name}'.");
    }

    /// <summary>dense, dropout, dense_1, …: this name, or with the next number that is free.</summary>
    public string Next(string name)
    {
        int number = seen.GetValueOrDefault(name);
        string next;
        do next = number == 0 ? name : $"{name}_{number}"; while (number++ >= 0 && !taken.Add(next));
        seen[name] = number;
        return next;
    }

    private static bool IsReserved(string name)
        => name == StateWriter.BesideWeights || name.StartsWith(StateWriter.BesideWeights + ".", StringComparison.Ordinal);
}
