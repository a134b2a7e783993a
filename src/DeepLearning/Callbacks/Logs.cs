using System.Collections;
using System.Globalization;

namespace DeepLearning;

/// <summary>
/// The figures at one moment of training, by name: <c>loss</c>, <c>accuracy</c>, <c>val_loss</c>, … The same object is reused; copy what you keep.
/// </summary>
public sealed class Logs : IReadOnlyCollection<KeyValuePair<string, float>>
{
    private readonly string[] names;
    private readonly float[] values;

    internal Logs(IEnumerable<string> names)
    {
        this.names = [.. names];
        values = new float[this.names.Length];
        values.AsSpan().Fill(float.NaN);
    }

    /// <summary>Number of figures.</summary>
    public int Count => names.Length;

    /// <summary>The names in order.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>A figure by its name.</summary>
    /// <param name="name">For example <c>val_loss</c>.</param>
    /// <exception cref="KeyNotFoundException">This run has no such figure; the message lists the existing ones.</exception>
    public float this[string name]
    {
        get
        {
            int place = Array.IndexOf(names, name);
            return place >= 0 ? values[place] : throw new KeyNotFoundException($"No figure is named '{name}'. Available: {string.Join(", ", names)}.");
        }
    }

    internal Span<float> Values => values;

    /// <summary>Names and figures in order.</summary>
    public IEnumerator<KeyValuePair<string, float>> GetEnumerator()
    {
        for (int i = 0; i < names.Length; i++) yield return new KeyValuePair<string, float>(names[i], values[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>For example <c>loss 0.2310, accuracy 0.9312</c>.</summary>
    public override string ToString() => string.Join(", ", this.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key} {p.Value:0.0000}")));
}
