namespace DeepLearning;

/// <summary>
/// A loss or a gradient became NaN, infinite, or too large for the optimizer. <c>Fit</c> puts the weights back to those at the beginning of the epoch, the
/// last that are known to be good: the weights of the last steps before are finite, but usually already far off. An <c>EarlyStopping</c> that restores the
/// best weights puts those in place, once an epoch is over; the message says which the model has. The optimizer's state is that of the last step; compile
/// with a new optimizer, and a lower learning rate, to go on. Usual causes: a learning rate too high, inputs that are not scaled.
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

    /// <summary>Where the first value stands that is not finite, or too large.</summary>
    public string Place { get; }

    /// <summary>The figures of the epochs before; null after <c>TrainOnBatch</c>.</summary>
    public History? History { get; }
}
