using System.Globalization;

namespace DeepLearning;

/// <summary>The figures of one epoch: what <c>FitAsync</c> reports after it, and what a <see cref="History"/> holds.</summary>
/// <param name="Epoch">The epoch, from 0.</param>
/// <param name="Epochs">The requested number of epochs; in a history, the number trained.</param>
/// <param name="Figures">Every figure of the epoch, a copy.</param>
public sealed record EpochProgress(int Epoch, int Epochs, IReadOnlyDictionary<string, float> Figures)
{
    /// <summary>A figure by its name.</summary>
    /// <param name="name">For example <c>val_loss</c>.</param>
    /// <exception cref="KeyNotFoundException">There is no such figure; the message lists the existing ones.</exception>
    public float this[string name] => Figures.TryGetValue(name, out float figure)
        ? figure
        : throw new KeyNotFoundException($"No figure is named '{name}'. Available: {string.Join(", ", Figures.Keys)}.");

    /// <summary>For example <c>epoch 3/20: loss 0.2310, accuracy 0.9312</c>.</summary>
    public override string ToString()
        => $"epoch {Epoch + 1}/{Epochs}: {string.Join(", ", Figures.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Key} {f.Value:0.0000}")))}";
}
