namespace DeepLearning;

/// <summary>
/// A loss or a gradient became NaN, infinite, or too large for the optimizer. <c>Fit</c> restores the weights from the beginning of the epoch, the last known
/// to be good: those of the last steps are finite, but usually already useless. An <c>EarlyStopping</c> that restores the best weights restores those instead,
/// once an epoch is complete; the message says which weights the model has. The optimizer's state is that of the last step; to continue, compile with a new
/// optimizer and a lower learning rate. Usual causes: a learning rate that is too high, inputs that are not scaled.
/// </summary>
public sealed class TrainingDivergedException : InvalidOperationException
{
    internal TrainingDivergedException(int epoch, int step, string place, float loss, string weights, string? cause, History? history)
        : base(FormattableString.Invariant($"Training diverged in epoch {epoch + 1}, step {step + 1}: the loss is {loss} and {place}. {weights} ")
            + $"{(cause is null ? "" : cause + " ")}Try a lower learning rate, scaled inputs, or GlobalClipNorm.")
        => (Epoch, Step, Place, History) = (epoch, step, place, history);

    /// <summary>The epoch, from 0.</summary>
    public int Epoch { get; }

    /// <summary>The step within the epoch, from 0.</summary>
    public int Step { get; }

    /// <summary>The location of the first value that is not finite or too large.</summary>
    public string Place { get; }

    /// <summary>The figures of the preceding epochs; null after <c>TrainOnBatch</c>.</summary>
    public History? History { get; }
}
