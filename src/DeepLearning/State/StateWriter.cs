using System.Globalization;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Writes what a part of a run needs to resume later, as named values: numbers, strings and arrays. A <see cref="StateReader"/> restores each bit for bit.
/// </summary>
public sealed class StateWriter
{
    /// <summary>The part of a file that holds everything but the weights, which have their own names.</summary>
    internal const string BesideWeights = "checkpoint";

    private readonly string prefix;
    private readonly Dictionary<string, string> texts;
    private readonly List<(string Name, Shape Shape, ReadOnlyMemory<float> Values)> arrays;

    internal StateWriter() => (prefix, texts, arrays) = ("", [], []);

    private StateWriter(StateWriter outer, string prefix) => (this.prefix, texts, arrays) = (prefix, outer.texts, outer.arrays);

    /// <summary>All strings and numbers, by their full names.</summary>
    internal IReadOnlyDictionary<string, string> Texts => texts;

    /// <summary>All arrays, by their full names: the memory of their owners, not copies.</summary>
    internal IReadOnlyList<(string Name, Shape Shape, ReadOnlyMemory<float> Values)> Arrays => arrays;

    /// <summary>Values written so far, in all parts.</summary>
    internal int Count => texts.Count + arrays.Count;

    /// <summary>Writes a whole number.</summary>
    /// <param name="name">Unique within the part.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public void Write(string name, long value) => Write(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes a whole number.</summary>
    /// <param name="name">Unique within the part.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public void Write(string name, ulong value) => Write(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes a number; NaN and infinities too.</summary>
    /// <param name="name">Unique within the part.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public void Write(string name, double value) => Write(name, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Writes a number; NaN and infinities too.</summary>
    /// <param name="name">Unique within the part.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public void Write(string name, float value) => Write(name, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Writes a Boolean.</summary>
    /// <param name="name">Unique within the part.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public void Write(string name, bool value) => Write(name, value ? "true" : "false");

    /// <summary>Writes a string.</summary>
    /// <param name="name">Unique within the part.</param>
    /// <param name="value">The string.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public void Write(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        if (!texts.TryAdd(prefix + name, value)) throw Taken(name);
    }

    /// <summary>Writes an array; it must not change before the checkpoint is written, which happens before training continues.</summary>
    /// <param name="name">Unique within the part.</param>
    /// <param name="values">The numbers, one or more.</param>
    /// <exception cref="ArgumentException">The name is empty or taken, or there are no numbers.</exception>
    public void Write(string name, ReadOnlyMemory<float> values) => Write(name, [values.Length], values);

    internal void Write(string name, Shape shape, ReadOnlyMemory<float> values)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (values.IsEmpty)
            throw new ArgumentException($"The array {name} is empty; write its length as a number, and the array only if it is not empty.", nameof(values));
        string full = prefix + name;
        if (arrays.Exists(a => a.Name == full)) throw Taken(name);
        arrays.Add((full, shape, values));
    }

    internal void Write(string name, FlatBuffer buffer)
        => Write(name, [buffer.Length], new ReadOnlyMemory<float>(buffer.Array, buffer.Offset, buffer.Length));

    /// <summary>A reader of a copy of what was written so far.</summary>
    internal StateReader Read()
        => new(new Dictionary<string, string>(texts), arrays.ToDictionary(a => a.Name, a => Tensor.From(a.Values.ToArray(), a.Shape)));

    /// <summary>A writer for one part: its names are prefixed with the part's.</summary>
    internal StateWriter Part(string name) => new(this, $"{prefix}{name}.");

    private static ArgumentException Taken(string name) => new($"The name {name} is written twice.", nameof(name));
}
