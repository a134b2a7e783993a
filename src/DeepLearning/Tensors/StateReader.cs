using System.Globalization;

namespace DeepLearning;

/// <summary>Gives back what a <see cref="StateWriter"/> took, by the same names.</summary>
public sealed class StateReader
{
    private readonly IReadOnlyDictionary<string, string> texts;
    private readonly IReadOnlyDictionary<string, Tensor> arrays;
    private readonly string prefix;

    internal StateReader(IReadOnlyDictionary<string, string> texts, IReadOnlyDictionary<string, Tensor> arrays, string prefix = "")
        => (this.texts, this.arrays, this.prefix) = (texts, arrays, prefix);

    /// <summary>Whether something was written under this name.</summary>
    /// <param name="name">The name.</param>
    public bool Contains(string name) => texts.ContainsKey(prefix + name) || arrays.ContainsKey(prefix + name);

    /// <summary>A whole number.</summary>
    /// <param name="name">The name it was written under.</param>
    /// <exception cref="KeyNotFoundException">Nothing was written under this name.</exception>
    /// <exception cref="FormatException">What was written is no whole number.</exception>
    public long ReadInt64(string name) => long.Parse(ReadString(name), CultureInfo.InvariantCulture);

    /// <inheritdoc cref="ReadInt64"/>
    public ulong ReadUInt64(string name) => ulong.Parse(ReadString(name), CultureInfo.InvariantCulture);

    /// <summary>A number.</summary>
    /// <param name="name">The name it was written under.</param>
    /// <exception cref="KeyNotFoundException">Nothing was written under this name.</exception>
    /// <exception cref="FormatException">What was written is no number.</exception>
    public double ReadDouble(string name) => double.Parse(ReadString(name), CultureInfo.InvariantCulture);

    /// <summary>A number that was written as a float.</summary>
    /// <param name="name">The name it was written under.</param>
    /// <exception cref="KeyNotFoundException">Nothing was written under this name.</exception>
    /// <exception cref="FormatException">What was written is no number.</exception>
    public float ReadSingle(string name) => float.Parse(ReadString(name), CultureInfo.InvariantCulture);

    /// <summary>A truth value.</summary>
    /// <param name="name">The name it was written under.</param>
    /// <exception cref="KeyNotFoundException">Nothing was written under this name.</exception>
    /// <exception cref="FormatException">What was written is no truth value.</exception>
    public bool ReadBoolean(string name) => bool.Parse(ReadString(name));

    /// <summary>A text.</summary>
    /// <param name="name">The name it was written under.</param>
    /// <exception cref="KeyNotFoundException">Nothing was written under this name.</exception>
    public string ReadString(string name) => texts.TryGetValue(prefix + name, out string? text) ? text : throw Missing(name);

    /// <summary>A copy of an array.</summary>
    /// <param name="name">The name it was written under.</param>
    /// <exception cref="KeyNotFoundException">No array was written under this name.</exception>
    public float[] ReadArray(string name) => arrays.TryGetValue(prefix + name, out Tensor? array) ? array.ToArray() : throw Missing(name);

    /// <summary>All names here, those of parts with the part's before them.</summary>
    internal IEnumerable<string> Names
        => texts.Keys.Concat(arrays.Keys).Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Select(k => k[prefix.Length..]);

    /// <summary>An array of a known length.</summary>
    internal float[] ReadArray(string name, int length)
    {
        float[] values = ReadArray(name);
        return values.Length == length ? values : throw new FormatException($"Expected {length} values of {prefix}{name}, got {values.Length}.");
    }

    /// <summary>A reader of one part, as <see cref="StateWriter.Part"/> wrote it.</summary>
    internal StateReader Part(string name) => new(texts, arrays, $"{prefix}{name}.");

    private KeyNotFoundException Missing(string name)
        => new($"The checkpoint has no {name} here; it has {string.Join(", ", Names)}.");
}
