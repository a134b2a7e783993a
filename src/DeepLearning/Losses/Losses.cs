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

    /// <summary>100·|prediction − target| / |target|; the mean over the batch, of shape [].</summary>
    /// <param name="predictions">[batch, …].</param>
    /// <param name="targets">Of the predictions' shape. None is 0.</param>
    public static Tensor MeanAbsolutePercentageError(Tensor predictions, Tensor targets) => new MeanAbsolutePercentageError().Compute(predictions, targets);

    /// <summary>(log(1 + prediction) − log(1 + target))²; the mean over the batch, of shape [].</summary>
    /// <param name="predictions">[batch, …].</param>
    /// <param name="targets">Of the predictions' shape. None is negative.</param>
    public static Tensor MeanSquaredLogarithmicError(Tensor predictions, Tensor targets) => new MeanSquaredLogarithmicError().Compute(predictions, targets);

    /// <summary>max(q·e, (q − 1)·e) with e = target − prediction; the mean over the batch, of shape [].</summary>
    /// <param name="predictions">[batch, …].</param>
    /// <param name="targets">Of the predictions' shape.</param>
    /// <param name="quantile">q in (0, 1); 0.5 by default.</param>
    public static Tensor Pinball(Tensor predictions, Tensor targets, double quantile = 0.5) => new Pinball(quantile).Compute(predictions, targets);

    /// <summary>−cos(prediction, target) over the last dimension; the mean over the batch, of shape [].</summary>
    /// <param name="predictions">[batch, …, features].</param>
    /// <param name="targets">Of the predictions' shape.</param>
    public static Tensor CosineSimilarity(Tensor predictions, Tensor targets) => new CosineSimilarity().Compute(predictions, targets);

    /// <summary>p − t·log(p) of rates p, or eˣ − t·x of their logarithms; the mean over the batch, of shape [].</summary>
    /// <param name="predictions">[batch, …], rates or their logarithms.</param>
    /// <param name="targets">Counts, of the predictions' shape.</param>
    /// <param name="fromLogarithms">Whether the predictions are logarithms of rates; false by default.</param>
    /// <exception cref="ArgumentException">A negative rate.</exception>
    public static Tensor Poisson(Tensor predictions, Tensor targets, bool fromLogarithms = false)
        => new Poisson(fromLogarithms).Compute(predictions, targets);

    /// <summary>½·(s + (μ − t)²·e^−s); the mean over the batch, of shape [].</summary>
    /// <param name="predictions">[batch, …, 2·k]: k means μ, then k logarithms s of variances.</param>
    /// <param name="targets">[batch, …, k].</param>
    public static Tensor GaussianNegativeLogLikelihood(Tensor predictions, Tensor targets) => new GaussianNegativeLogLikelihood().Compute(predictions, targets);

    /// <summary>max(1 − t·p, 0); the mean over the batch, of shape [].</summary>
    /// <param name="predictions">[batch, …], scores.</param>
    /// <param name="targets">−1 or 1, or 0 or 1, of the predictions' shape.</param>
    public static Tensor Hinge(Tensor predictions, Tensor targets) => new Hinge().Compute(predictions, targets);

    /// <summary>max(1 − t·p, 0)²; the mean over the batch, of shape [].</summary>
    /// <param name="predictions">[batch, …], scores.</param>
    /// <param name="targets">−1 or 1, or 0 or 1, of the predictions' shape.</param>
    public static Tensor SquaredHinge(Tensor predictions, Tensor targets) => new SquaredHinge().Compute(predictions, targets);

    /// <summary>max(0, 1 + max((1 − t)·p) − Σ t·p); the mean over the batch, of shape [].</summary>
    /// <param name="predictions">[batch, classes], scores.</param>
    /// <param name="targets">One-hot rows, [batch, classes].</param>
    public static Tensor CategoricalHinge(Tensor predictions, Tensor targets) => new CategoricalHinge().Compute(predictions, targets);

    /// <summary>Σ target·log(target / probability) over the classes; the mean over the batch, of shape [].</summary>
    /// <param name="predictions">[batch, classes], probabilities or logits.</param>
    /// <param name="targets">One-hot rows, or shares that sum to 1, [batch, classes].</param>
    /// <param name="fromLogits">Whether the predictions are logits; false by default.</param>
    /// <exception cref="ArgumentException">Predictions outside 0 to 1 that should be probabilities, or a softmax's or sigmoid's that should be
    /// logits.</exception>
    public static Tensor KullbackLeiblerDivergence(Tensor predictions, Tensor targets, bool fromLogits = false)
        => new KullbackLeiblerDivergence(fromLogits).Compute(predictions, targets);

    /// <summary>−Σ α·(1 − p)^γ·target·log p over the classes, α = 0.25 and γ = 2; the mean over the batch, of shape [].</summary>
    /// <param name="predictions">[batch, classes], probabilities or logits.</param>
    /// <param name="targets">One-hot rows, or shares that sum to 1, [batch, classes].</param>
    /// <param name="fromLogits">Whether the predictions are logits; false by default.</param>
    /// <exception cref="ArgumentException">Predictions outside 0 to 1 that should be probabilities, or a softmax's or sigmoid's that should be
    /// logits.</exception>
    public static Tensor CategoricalFocalCrossEntropy(Tensor predictions, Tensor targets, bool fromLogits = false)
        => new CategoricalFocalCrossEntropy(fromLogits).Compute(predictions, targets);

    /// <summary>t·d² + (1 − t)·max(margin − d, 0)² of distances d; the mean over the batch, of shape [].</summary>
    /// <param name="predictions">[batch, …], distances.</param>
    /// <param name="targets">1 for pairs that belong together, 0 for others, of the predictions' shape.</param>
    /// <param name="margin">The distance from which others cost nothing; 1 by default.</param>
    public static Tensor Contrastive(Tensor predictions, Tensor targets, double margin = 1) => new Contrastive(margin).Compute(predictions, targets);

    /// <summary>max(0, d(a, p) − d(a, n) + margin) of the semi-hard triplets of a batch; the mean, of shape [].</summary>
    /// <param name="predictions">[batch, features].</param>
    /// <param name="targets">Labels, [batch].</param>
    /// <param name="margin">By how much farther others are to be; 1 by default.</param>
    public static Tensor Triplet(Tensor predictions, Tensor targets, double margin = 1) => new Triplet(margin).Compute(predictions, targets);

    /// <summary>
    /// max(0, |anchor − positive| − |anchor − negative| + margin) of given triplets; the mean over the batch, of shape []. PyTorch: <c>TripletMarginLoss</c>,
    /// whose 1e-6 added to each difference is here too.
    /// </summary>
    /// <param name="anchor">[batch, features].</param>
    /// <param name="positive">[batch, features], of the anchor's kind.</param>
    /// <param name="negative">[batch, features], of another.</param>
    /// <param name="margin">By how much farther the negative is to be, > 0; 1 by default.</param>
    /// <exception cref="ShapeMismatchException">The shapes differ, or are not [batch, features].</exception>
    /// <exception cref="ArgumentOutOfRangeException">The margin is not positive and finite.</exception>
    public static Tensor TripletMargin(Tensor anchor, Tensor positive, Tensor negative, double margin = 1)
    {
        ArgumentNullException.ThrowIfNull(anchor);
        ArgumentNullException.ThrowIfNull(positive);
        ArgumentNullException.ThrowIfNull(negative);
        if (anchor.Rank != 2 || positive.Shape != anchor.Shape || negative.Shape != anchor.Shape)
            throw new ShapeMismatchException(
                $"Expected anchor, positive and negative of one shape, [batch, features], got {anchor.Shape}, {positive.Shape} and {negative.Shape}.");
        Setting.Positive(margin, nameof(margin));
        return (Distance(anchor, positive) - Distance(anchor, negative) + margin).Relu().Mean();
    }

    /// <summary>−log of the probability that classes over time spell the labels; the mean over the batch, of shape [].</summary>
    /// <param name="predictions">Logits, [batch, time, classes], class 0 the blank.</param>
    /// <param name="targets">Labels, [batch, length], 0 behind the last.</param>
    public static Tensor Ctc(Tensor predictions, Tensor targets) => new Ctc().Compute(predictions, targets);

    private static Tensor Distance(Tensor x, Tensor y)
    {
        // PyTorch's: without it, equal vectors have no direction to part in.
        const float Epsilon = 1e-6f;
        return (x - y + Epsilon).Square().Sum(-1).Sqrt();
    }
}
