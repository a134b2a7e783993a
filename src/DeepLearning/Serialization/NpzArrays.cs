using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace DeepLearning;

/// <summary>The arrays of an archive by name. Asked for one that was left out, it says why.</summary>
internal sealed class NpzArrays(string file, IReadOnlyDictionary<string, Tensor> arrays, IReadOnlyDictionary<string, string> leftOut)
    : IReadOnlyDictionary<string, Tensor>
{
    public int Count => arrays.Count;

    public IEnumerable<string> Keys => arrays.Keys;

    public IEnumerable<Tensor> Values => arrays.Values;

    public Tensor this[string key] => arrays.TryGetValue(key, out Tensor? array)
        ? array
        : throw new KeyNotFoundException(leftOut.GetValueOrDefault(key, $"{file} has no array {key}; it has {string.Join(", ", arrays.Keys)}."));

    public bool ContainsKey(string key) => arrays.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Tensor value) => arrays.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, Tensor>> GetEnumerator() => arrays.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
