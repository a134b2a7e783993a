namespace DeepLearning;

/// <summary>
/// A loss or a gradient became NaN or infinite. <c>Fit</c> puts the weights back to those at the beginning of the epoch, the last that are known to be
/// good: the weights of the last steps before are finite, but usually already far off. The optimizer's state is that of the last step; compile with a
/// new optimizer, and a lower learning rate, to go on. Usual causes: a learning rate too high, inputs of very different scales.
/// </summary>
public sealed class TrainingDivergedException : InvalidOperationException
{
    internal TrainingDivergedException(int epoch, int step, string place, float loss, string weights)
        : base($"Training diverged in epoch {epoch + 1}, step {step + 1}: the loss is {loss} and {place}. {weights} "
            + "Try a lower learning rate, scaled inputs, or GlobalClipNorm.")
        => (Epoch, Step, Place) = (epoch, step, place);

    /// <summary>The epoch, from 0.</summary>
    public int Epoch { get; }

    /// <summary>The step within the epoch, from 0.</summary>
    public int Step { get; }

    /// <summary>Where the first value that is not finite stands.</summary>
    public string Place { get; }
}
