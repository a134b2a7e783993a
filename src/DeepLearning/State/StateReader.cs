using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Reads the values that a <see cref="StateWriter"/> wrote, by the same names. A missing or impossible value throws a <see cref="ModelFormatException"/> that
/// names the file, the place, the expected and the actual value.
/// </summary>
public sealed class StateReader
{
    /// <summary>More steps, epochs or samples than any run can reach: 285 years at a microsecond each, and exact as a double.</summary>
    internal const long LargestCount = 1L << 53;

    private readonly IReadOnlyDictionary<string, string> texts;
    private readonly IReadOnlyDictionary<string, Tensor> arrays;
    private readonly string file, prefix;

    internal StateReader(
        IReadOnlyDictionary<string, string> texts, IReadOnlyDictionary<string, Tensor> arrays, string file = "The state", string prefix = "")
        => (this.texts, this.arrays, this.file, this.prefix) = (texts, arrays, file, prefix);

    /// <summary>Whether something was written under this name.</summary>
    /// <param name="name">The name.</param>
    public bool Contains(string name) => texts.ContainsKey(prefix + name) || arrays.ContainsKey(prefix + name);

    /// <summary>A whole number.</summary>
    /// <param name="name">The name it was written under.</param>
    /// <exception cref="ModelFormatException">Nothing was written under this name, or not a whole number.</exception>
    public long ReadInt64(string name)
        => long.TryParse(ReadString(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out long value) ? value : throw Wrong(name, "a whole number");

    /// <inheritdoc cref="ReadInt64(string)"/>
    public ulong ReadUInt64(string name)
        => ulong.TryParse(ReadString(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : throw Wrong(name, "a whole number ≥ 0");

    /// <summary>A number.</summary>
    /// <param name="name">The name it was written under.</param>
    /// <exception cref="ModelFormatException">Nothing was written under this name, or not a number.</exception>
    public double ReadDouble(string name)
        => double.TryParse(ReadString(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw Wrong(name, "a number");

    /// <summary>A number that was written as a float.</summary>
    /// <param name="name">The name it was written under.</param>
    /// <exception cref="ModelFormatException">Nothing was written under this name, or not a number.</exception>
    public float ReadSingle(string name)
        => float.TryParse(ReadString(name), NumberStyles.Float, CultureInfo.InvariantCulture, out float value) ? value : throw Wrong(name, "a number");

    /// <summary>A Boolean.</summary>
    /// <param name="name">The name it was written under.</param>
    /// <exception cref="ModelFormatException">Nothing was written under this name, or not a Boolean.</exception>
    public bool ReadBoolean(string name) => bool.TryParse(ReadString(name), out bool value) ? value : throw Wrong(name, "true or false");

    /// <summary>A string.</summary>
    /// <param name="name">The name it was written under.</param>
    /// <exception cref="ModelFormatException">No number, Boolean or string was written under this name.</exception>
    public string ReadString(string name) => texts.TryGetValue(prefix + name, out string? text) ? text : throw Missing(name);

    /// <summary>A copy of an array.</summary>
    /// <param name="name">The name it was written under.</param>
    /// <exception cref="ModelFormatException">No array was written under this name.</exception>
    public float[] ReadArray(string name) => Array(name).ToArray();

    /// <summary>All names, those of parts with the part's name as prefix.</summary>
    internal IEnumerable<string> Names
        => texts.Keys.Concat(arrays.Keys).Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Select(k => k[prefix.Length..]);

    /// <summary>A whole number in a range.</summary>
    internal long ReadInt64(string name, long least, long most)
    {
        long value = ReadInt64(name);
        if (value >= least && value <= most) return value;
        throw Wrong(name, least == most ? $"{least}" : most >= LargestCount ? $"a whole number ≥ {least}" : $"a whole number in [{least}, {most}]");
    }

    /// <summary>A whole number in a range.</summary>
    internal int ReadInt32(string name, int least, int most) => (int)ReadInt64(name, least, most);

    /// <summary>A finite number within limits.</summary>
    internal double ReadFinite(string name, double least = double.MinValue)
    {
        double value = ReadDouble(name);
        return double.IsFinite(value) && value >= least ? value : throw Wrong(name, "a finite number" + (least == 0 ? " ≥ 0" : ""));
    }

    /// <summary>A number that can be compared with others: not NaN.</summary>
    internal float ReadComparable(string name)
    {
        float value = ReadSingle(name);
        return float.IsNaN(value) ? throw Wrong(name, "a number") : value;
    }

    /// <summary>An array of a known shape.</summary>
    internal float[] ReadArray(string name, Shape shape)
    {
        Tensor array = Array(name);
        return array.Shape == shape ? array.ToArray() : throw new ModelFormatException($"{file}: {prefix}{name} has shape {array.Shape}, expected {shape}.");
    }

    /// <summary>A reader of one part, written by <see cref="StateWriter.Part"/>.</summary>
    internal StateReader Part(string name) => new(texts, arrays, file, $"{prefix}{name}.");

    /// <summary>An exception for a value that cannot have been written.</summary>
    internal ModelFormatException Wrong(string name, string expected)
    {
        string got = texts.TryGetValue(prefix + name, out string? text) ? $"'{text}'" : arrays.ContainsKey(prefix + name) ? "an array" : "nothing";
        return new ModelFormatException($"{file}: expected {expected} for {prefix}{name}, got {got}.");
    }

    private Tensor Array(string name) => arrays.TryGetValue(prefix + name, out Tensor? array) ? array : throw Missing(name);

    private ModelFormatException Missing(string name)
    {
        string[] names = [.. Names];
        return new ModelFormatException($"{file} has no {prefix}{name}; it has {(names.Length == 0 ? "nothing" : string.Join(", ", names))} there.");
    }
}
