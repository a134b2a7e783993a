namespace DeepLearning;

/// <summary>
/// The losses as functions, for custom training loops. Arguments are in the order of a formula: predictions, then targets, which have the predictions' shape
/// except for dimensions of 1 ([batch] for [batch, 1]). A cross-entropy of probabilities computed by a softmax or sigmoid on a tape, such as
/// <c>model.Forward(x, tape)</c> of a model that ends with one, is computed from their logits, as after <c>Compile</c>. Without a tape, or for other
/// probabilities, each is kept 1e-7 away from 0 and 1: the loss is at most 16.1, its slope there is 0, and a warning goes to <c>System.Diagnostics.Trace</c>,
/// once, if that stops a gradient; <c>model.Logits(x, tape)</c> with <c>fromLogits: true</c> has no such limit.
/// </summary>
/// <example><c>Gradients gradients = tape.Gradients(Losses.MeanSquaredError(model.Forward(x, tape), y));</c></example>
public static class Losses
{
    /// <summary>(prediction − target)²; the mean over the batch, of shape [].</summary>
    /// <param name="predictions">[batch, …].</param>
    /// <param name="targets">Of the predictions' shape.</param>
    public static Tensor MeanSquaredError(Tensor predictions, Tensor targets) => new MeanSquaredError().Compute(predictions, targets);

    /// <summary>|prediction − target|; the mean over the batch, of shape [].</summary>
    /// <param name="predictions">[batch, …].</param>
    /// <param name="targets">Of the predictions' shape.</param>
    public static Tensor MeanAbsoluteError(Tensor predictions, Tensor targets) => new MeanAbsoluteError().Compute(predictions, targets);

    /// <summary>½·e² where |e| ≤ δ, else δ·|e| − ½·δ²; the mean over the batch, of shape [].</summary>
    /// <param name="predictions">[batch, …].</param>
    /// <param name="targets">Of the predictions' shape.</param>
    /// <param name="delta">δ > 0; 1 by default.</param>
    public static Tensor Huber(Tensor predictions, Tensor targets, double delta = 1) => new Huber(delta).Compute(predictions, targets);

    /// <summary>log cosh(prediction − target); the mean over the batch, of shape [].</summary>
    /// <param name="predictions">[batch, …].</param>
    /// <param name="targets">Of the predictions' shape.</param>
    public static Tensor LogCosh(Tensor predictions, Tensor targets) => new LogCosh().Compute(predictions, targets);

    /// <summary>−t·log(p) − (1−t)·log(1−p); the mean over the batch, of shape [].</summary>
    /// <param name="predictions">[batch, …], probabilities of class 1 or their logits.</param>
    /// <param name="targets">0, 1 or between, of the predictions' shape.</param>
    /// <param name="fromLogits">Whether the predictions are logits; false by default.</param>
    /// <exception cref="ArgumentException">Predictions outside 0 to 1 that should be probabilities, or a softmax's or sigmoid's that should be
    /// logits.</exception>
    public static Tensor BinaryCrossEntropy(Tensor predictions, Tensor targets, bool fromLogits = false)
        => new BinaryCrossEntropy { FromLogits = fromLogits }.Compute(predictions, targets);

    /// <summary>(1 − p)^γ times binary cross-entropy with γ = 2; the mean over the batch, of shape [].</summary>
    /// <param name="predictions">[batch, …], probabilities of class 1 or their logits.</param>
    /// <param name="targets">0, 1 or between, of the predictions' shape.</param>
    /// <param name="fromLogits">Whether the predictions are logits; false by default.</param>
    /// <exception cref="ArgumentException">Predictions outside 0 to 1 that should be probabilities, or a softmax's or sigmoid's that should be
    /// logits.</exception>
    public static Tensor BinaryFocalCrossEntropy(Tensor predictions, Tensor targets, bool fromLogits = false)
        => new BinaryFocalCrossEntropy { FromLogits = fromLogits }.Compute(predictions, targets);

    /// <summary>−Σ target·log(probability) over the classes; the mean over the batch, of shape [].</summary>
    /// <param name="predictions">[batch, classes], probabilities or logits.</param>
    /// <param name="targets">One-hot rows, or shares that sum to 1, [batch, classes].</param>
    /// <param name="fromLogits">Whether the predictions are logits; false by default.</param>
    /// <exception cref="ArgumentException">Predictions outside 0 to 1 that should be probabilities, or a softmax's or sigmoid's that should be
    /// logits.</exception>
    public static Tensor CategoricalCrossEntropy(Tensor predictions, Tensor targets, bool fromLogits = false)
        => new CategoricalCrossEntropy { FromLogits = fromLogits }.Compute(predictions, targets);

    /// <summary>−log(probability of the labelled class); the mean over the batch, of shape [].</summary>
    /// <param name="predictions">[batch, classes], probabilities or logits.</param>
    /// <param name="targets">Labels 0 … classes − 1, [batch].</param>
    /// <param name="fromLogits">Whether the predictions are logits; false by default.</param>
    /// <exception cref="ArgumentException">Predictions outside 0 to 1 that should be probabilities, or a softmax's or sigmoid's that should be
    /// logits.</exception>
    public static Tensor SparseCategoricalCrossEntropy(Tensor predictions, Tensor targets, bool fromLogits = false)
        => new SparseCategoricalCrossEntropy { FromLogits = fromLogits }.Compute(predictions, targets);
}
