using System.Collections;
using System.Globalization;
using System.Text;

namespace DeepLearning;

/// <summary>What <c>Fit</c> returns: the values of each figure by epoch, and each epoch with its figures.</summary>
/// <example>
/// <code>
/// foreach (EpochProgress epoch in history) Console.WriteLine($"{epoch.Epoch + 1}: {epoch["loss"]}");
/// float last = history["val_loss"][^1];
/// </code>
/// </example>
public sealed class History : IReadOnlyList<EpochProgress>
{
    private readonly List<string> names;
    private readonly List<float>[] series;

    internal History(IReadOnlyList<string> names, IReadOnlyList<string> warnings)
    {
        Warnings = warnings;
        this.names = [.. names];
        series = [.. names.Select(_ => new List<float>())];
    }

    /// <summary>The names of the figures: <c>loss</c>, the metrics, and with the prefix <c>val_</c> those of the validation data.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>
    /// Problems that do not prevent training, such as targets that are all the same, a class that only the training or only the validation data has, or a
    /// damaged checkpoint that was replaced by an older one; usually empty.
    /// </summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The checkpoint that the run resumed from; null if it started from scratch. In both cases the figures are those of the whole run.</summary>
    public string? ResumedFrom { get; internal set; }

    /// <summary>Epochs trained.</summary>
    public int Epochs => series[0].Count;

    /// <summary>Epochs trained, like <see cref="Epochs"/>.</summary>
    public int Count => Epochs;

    /// <summary>The figures of an epoch; <c>history[^1]</c> are those of the last.</summary>
    /// <param name="epoch">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">That epoch was not trained.</exception>
    public EpochProgress this[int epoch]
        => epoch >= 0 && epoch < Epochs
            ? new EpochProgress(epoch, Epochs, names.Select((name, i) => (name, series[i][epoch])).ToDictionary())
            : throw new ArgumentOutOfRangeException(nameof(epoch), epoch, Epochs == 0
                ? "No epoch was trained: the history has no figures yet."
                : $"{Epochs} epochs were trained: expected an epoch from 0 to {Epochs - 1}, got {epoch}.");

    /// <summary>A figure by epoch.</summary>
    /// <param name="name">For example <c>val_loss</c>.</param>
    /// <exception cref="KeyNotFoundException">There is no such figure; the message lists the existing ones.</exception>
    public IReadOnlyList<float> this[string name]
    {
        get
        {
            int place = names.IndexOf(name);
            return place >= 0 ? series[place] : throw new KeyNotFoundException($"No figure is named '{name}'. Available: {string.Join(", ", names)}.");
        }
    }

    /// <summary>The epochs in order, each with its figures.</summary>
    public IEnumerator<EpochProgress> GetEnumerator()
    {
        for (int epoch = 0; epoch < Epochs; epoch++) yield return this[epoch];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Append(Logs logs)
    {
        for (int i = 0; i < series.Length; i++) series[i].Add(logs.Values[i]);
    }

    internal void SaveState(StateWriter to)
    {
        to.Write("epochs", Epochs);
        if (Epochs == 0) return;
        for (int i = 0; i < series.Length; i++) to.Write(names[i], series[i].ToArray());
    }

    /// <summary>Reads what <see cref="SaveState"/> wrote after the given number of epochs: each figure by epoch.</summary>
    /// <exception cref="ModelFormatException">Something is missing, or the number of epochs differs.</exception>
    internal float[][] ReadState(StateReader from, int epochs)
    {
        _ = from.ReadInt32("epochs", epochs, epochs);
        float[][] saved = [.. names.Select(n => epochs == 0 ? [] : from.ReadArray(n, [epochs]))];
        return saved[0].All(float.IsFinite) ? saved : throw from.Wrong(names[0], "finite values");
    }

    /// <summary>Replaces the figures.</summary>
    internal void Restore(float[][] saved)
    {
        for (int i = 0; i < series.Length; i++)
        {
            series[i].Clear();
            series[i].AddRange(saved[i]);
        }
    }

    /// <summary>A table with one row per epoch.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("epoch");
        foreach (string name in names) text.Append("  ").Append(name);
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"{epoch + 1,5}");
            for (int i = 0; i < series.Length; i++)
                text.Append("  ").Append(series[i][epoch].ToString("0.0000", CultureInfo.InvariantCulture).PadLeft(names[i].Length));
        }

        foreach (string warning in Warnings) text.AppendLine().Append("warning: ").Append(warning);
        return text.ToString();
    }
}
