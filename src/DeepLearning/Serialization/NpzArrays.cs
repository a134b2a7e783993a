using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace DeepLearning;

/// <summary>The arrays of an archive by name, with or without the ending of their entry, as in NumPy. Looking up a skipped one throws with the
/// reason.</summary>
/// <param name="file">For messages.</param>
/// <param name="arrays">The arrays, by names without the ending.</param>
/// <param name="leftOut">Why an entry was skipped.</param>
/// <param name="all">The names of all entries, including those that were not read.</param>
internal sealed class NpzArrays(
    string file, IReadOnlyDictionary<string, Tensor> arrays, IReadOnlyDictionary<string, string> leftOut, IReadOnlyList<string> all)
    : IReadOnlyDictionary<string, Tensor>
{
    private const int MostListed = 20;

    public int Count => arrays.Count;

    public IEnumerable<string> Keys => arrays.Keys;

    public IEnumerable<Tensor> Values => arrays.Values;

    public Tensor this[string key] => TryGetValue(key, out Tensor? array) ? array : throw new KeyNotFoundException(Missing(key));

    /// <summary>Why there is no array of a name.</summary>
    public string Missing(string name)
    {
        if (leftOut.TryGetValue(name, out string? reason) || leftOut.TryGetValue(WithoutEnding(name), out reason)) return reason;
        if (all.Contains(name)) return $"{file}: {name} was not read; it is not among the requested names.";
        string[] there = [.. all.Where(n => !leftOut.ContainsKey(n))];
        string more = there.Length > MostListed ? $", … {there.Length} in all" : "";
        return $"{file} has no array {name}; it has {(there.Length == 0 ? "none" : string.Join(", ", there.Take(MostListed)))}{more}.";
    }

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Tensor value)
        => arrays.TryGetValue(key, out value) || arrays.TryGetValue(WithoutEnding(key), out value);

    public IEnumerator<KeyValuePair<string, Tensor>> GetEnumerator() => arrays.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string WithoutEnding(string name) => name.EndsWith(NpzFile.Ending, StringComparison.Ordinal) ? name[..^NpzFile.Ending.Length] : name;
}
