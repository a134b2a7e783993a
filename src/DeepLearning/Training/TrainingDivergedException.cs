namespace DeepLearning;

/// <summary>
/// A loss or a gradient became NaN or infinite. The weights are put back to those at the beginning of the epoch, the last that are known to be good.
/// Usual causes: a learning rate too high, inputs of very different scales.
/// </summary>
public sealed class TrainingDivergedException : InvalidOperationException
{
    internal TrainingDivergedException(int epoch, int step, string place, float loss)
        : base($"Training diverged in epoch {epoch + 1}, step {step + 1}: the loss is {loss} and {place}. The weights are those at the beginning of the epoch. Try a lower learning rate, scaled inputs, or GlobalClipNorm.")
        => (Epoch, Step, Place) = (epoch, step, place);

    /// <summary>The epoch, from 0.</summary>
    public int Epoch { get; }

    /// <summary>The step within the epoch, from 0.</summary>
    public int Step { get; }

    /// <summary>Where the first value that is not finite stands.</summary>
    public string Place { get; }
}
