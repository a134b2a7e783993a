namespace DeepLearning;

/// <summary>The names of layers and inputs in a model: those that users gave; for all others the kind in snake case, numbered from the second on.</summary>
internal sealed class NodeNames
{
    private readonly HashSet<string> taken = [];
    private readonly Dictionary<string, int> seen = [];

    /// <summary>Checks a name given by a user.</summary>
    /// <exception cref="ArgumentException">Parameters and files cannot have this name.</exception>
    public static void Require(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/') && !IsReserved(name)) return;
        throw new ArgumentException(
            $"A name consists of ASCII letters, digits, _, -, . and / and does not begin with '{StateWriter.BesideWeights}.', which files reserve; "
            + $"got '{name}'.", nameof(name));
    }

    /// <summary>Reserves a name that must be kept unchanged.</summary>
    /// <exception cref="ArgumentException">It is taken.</exception>
    public void Reserve(string name)
    {
        if (!taken.Add(name)) throw new ArgumentException($"Two layers or inputs of the model have the name '{name}'.");
    }

    /// <summary>dense, dropout, dense_1, …: this name, or this name with the next free number.</summary>
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
