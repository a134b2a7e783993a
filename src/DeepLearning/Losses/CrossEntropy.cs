using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>Shared by the cross-entropies: pairing with their activation, checks of targets, and the loss of class probabilities.</summary>
internal static partial class CrossEntropy
{
    private const float SumTolerance = 1e-3f;

    /// <summary>
    /// −Σ shares·log p over the last dimension, averaged over the dimensions between batch and classes; p are probabilities divided by their sum, as in Keras.
    /// </summary>
    public static Tensor OfClasses(Loss loss, Tensor predictions, Tensor shares, bool fromLogits)
    {
        int batch = predictions.Shape[0], classes = predictions.Shape[-1];
        Tensor? logits = LogitsOfSoftmax(loss, predictions, fromLogits);
        Tensor of = logits ?? predictions, rows = of.Rank == 2 ? of : of.Reshape(-1, classes), t = shares.Rank == 2 ? shares : shares.Reshape(-1, classes);
        Tensor losses = logits is not null ? SoftmaxCrossEntropy.Apply(rows, t) : -(t * Clipped(loss, Normalized(rows), t).Log()).Sum(-1);
        return predictions.Rank == 2 ? losses : losses.Reshape(batch, -1).Mean(-1);
    }

    /// <summary>Each row divided by its sum; a row of zeros is unchanged, where Keras gives NaN.</summary>
    public static Tensor Normalized(Tensor rows) => rows / rows.Sum(-1, keepDimension: true).Clip(Epsilon, float.MaxValue);

    /// <summary>Labels as rows with a single 1, in the predictions' shape; smoothed if asked, and rows of 0 for a label that is ignored.</summary>
    public static Tensor OneHot(Tensor labels, Tensor predictions, float smoothing = 0f, int? ignored = null)
    {
        int classes = predictions.Shape[-1];
        RequireLabels(labels, classes, nameof(SparseCategoricalCrossEntropy), ignored);
        if (labels.Count * classes != predictions.Count)
            throw new ShapeMismatchException($"Expected one label per row of predictions {predictions.Shape}, got labels {labels.Shape}.", nameof(labels));
        Tensor oneHot = Tensor.Allocate(predictions.Owner, predictions.Shape);
        ClassTargets.OneHot(labels.AsReadOnlySpan(), oneHot.AsSpan(), classes, smoothing, ignored);
        return oneHot;
    }

    /// <summary>The share of each sample's labels that are not ignored, [batch].</summary>
    public static Tensor SharesCounted(Tensor labels, Tensor predictions, int ignored)
    {
        Tensor counted = Tensor.Allocate(predictions.Owner, labels.Shape);
        Elementwise.Map(new IsNot(ignored), labels.AsReadOnlySpan(), counted.AsSpan());
        return LossShapes.MeanOfEach(counted);
    }

    /// <summary>1, but 0 where x is one value.</summary>
    private readonly struct IsNot(float value) : IUnary
    {
        public Vector512<float> Invoke(Vector512<float> x) => Vector512.AndNot(Vector512<float>.One, Vector512.Equals(x, Vector512.Create(value)));
    }

    /// <summary>Checks predictions of classes: rows of at least two.</summary>
    public static void RequireRows(string loss, Tensor predictions)
    {
        if (predictions.Rank < 2 || predictions.Shape[-1] == 1) RefuseClasses(loss, predictions.Rank < 2, predictions.Shape.ToString());
    }

    /// <summary>Checks an output of classes: it has a dimension besides the batch, with at least two classes.</summary>
    public static void RequireClasses(string loss, Shape output)
    {
        if (output.Rank == 0 || output[-1] == 1) RefuseClasses(loss, output.Rank == 0, output.WithBatch());
    }

    private static void RefuseClasses(string loss, bool overRows, string shape)
        => throw new ShapeMismatchException(
            overRows
                ? $"{loss} expects an output [batch, classes], got {shape}: without a class dimension it would mix the rows."
                : $"{loss} of a single class is always 0, and nothing is learned: got an output of shape {shape}. " +
                    "For yes or no use Dense(1).Sigmoid() with BinaryCrossEntropy, or Dense(2).Softmax().");

    /// <summary>Checks labels: whole, and within the classes, unless they are ignored.</summary>
    public static void RequireLabels(Tensor labels, int classes, string loss, int? ignored = null)
    {
        ReadOnlySpan<float> of = labels.AsReadOnlySpan();
        int wrong = Search.First(new Search.NoLabel(classes, ignored ?? 0f), of);
        if (wrong < 0) return;
        string or = ignored is { } label ? FormattableString.Invariant($", or {label}, which is ignored") : "";
        throw new ArgumentException(
            FormattableString.Invariant($"{loss} expects class labels that are whole numbers from 0 to {classes - 1}{or}, got {of[wrong]} in row {wrong}")
            + $"{AdviceOnLabels(of, classes)}.", nameof(labels));
    }

    /// <summary>The fix for labels that are whole numbers, but count from 1 or have more classes.</summary>
    private static string AdviceOnLabels(ReadOnlySpan<float> labels, int classes)
    {
        if (Search.First(default(Search.Fraction), labels) >= 0) return "";
        (float least, float most) = Reductions.Extent(labels);
        if (least == 1f && most == classes) return ": labels count from 0, so subtract 1 from each, or give the model one more output";
        return least >= 0f && most >= classes
            ? FormattableString.Invariant($": labels up to {most} need a model with {(double)most + 1} outputs, one for each class")
            : "";
    }

    /// <summary>Checks probabilities of the positive class: from 0 to 1.</summary>
    public static void RequireProbabilities(Tensor targets, Shape output, string loss)
    {
        ReadOnlySpan<float> t = targets.AsReadOnlySpan();
        int wrong = Search.First(new Search.Outside(0f, 1f), t);
        if (wrong < 0) return;
        throw new ArgumentException(
            FormattableString.Invariant($"{loss} expects targets from 0 to 1, got {t[wrong]} in row {wrong / Math.Max(1, output.Size)}: {AdviceOnTargets(t)}."),
            nameof(targets));
    }

    /// <summary>What targets that are not probabilities are likely to be.</summary>
    private static string AdviceOnTargets(ReadOnlySpan<float> targets)
    {
        if (Search.First(new Search.Neither(1f, 2f), targets) < 0) return "labels count from 0, so subtract 1 from each";
        if (Search.First(new Search.Neither(-1f, 1f), targets) < 0) return "for classes −1 and 1 write (target + 1) / 2";
        if (Search.First(default(Search.Fraction), targets) >= 0) return $"for quantities use a regression loss, such as {nameof(MeanSquaredError)}";
        return $"for labels of more than two classes end the model with Softmax(), one output per class, and use {nameof(SparseCategoricalCrossEntropy)}";
    }

    /// <summary>Refuses one label per row where one-hot rows are expected.</summary>
    /// <param name="loss">For the message.</param>
    /// <param name="targets">[samples, …].</param>
    /// <param name="output">The shape of one prediction.</param>
    /// <param name="ofLabels">The same loss of labels, if there is one.</param>
    public static void RefuseLabels(string loss, Tensor targets, Shape output, string? ofLabels = null)
    {
        if (targets.Rank == 0 || targets.Count != (long)targets.Shape[0] * (output.Size / output[-1])) return;
        throw new ShapeMismatchException(
            $"{loss} expects one-hot targets of shape {output.WithBatch()}, got {targets.Shape}, one label per row: "
            + $"{(ofLabels is null ? "" : $"use {ofLabels}, or ")}encode them with OneHot.Encode(labels, {output[-1]}).", nameof(targets));
    }

    /// <summary>Checks one-hot rows: fractions from 0 to 1 that sum to 1.</summary>
    public static void RequireShares(Tensor targets, Shape output, string loss)
    {
        int row = ClassTargets.FirstWithoutShares(targets.AsReadOnlySpan(), output[-1], SumTolerance, out float sum);
        if (row >= 0)
            throw new ArgumentException(
                $"{loss} expects one-hot targets: shares from 0 to 1 whose rows sum to 1, got a sum of {sum} in row {row}.", nameof(targets));
    }

    /// <summary>
    /// Whether a loss is fused with the last layer: an activation that turns logits into the loss's probabilities, and a loss that is not set to take logits.
    /// For other layers that output such probabilities, it is computed from the probabilities.
    /// </summary>
    /// <param name="loss">The loss.</param>
    /// <param name="last">The last layer.</param>
    /// <param name="own">The kind of probabilities that the loss takes.</param>
    /// <param name="fromLogits">Whether the loss is set to take logits.</param>
    /// <exception cref="ArgumentException">The pairing makes no sense.</exception>
    public static bool Fuses(Loss loss, Layer last, OutputMeaning own, bool fromLogits)
    {
        OutputMeaning meaning = last.OutputMeaning;
        if (fromLogits && !meaning.CanBeLogits())
        {
            string fix = meaning is OutputMeaning.Bounded ? $"remove {last}, which limits the outputs" : "remove one of the two";
            throw new ArgumentException($"{loss.Name} with FromLogits expects logits, but the model ends with {last}: {fix}.", nameof(loss));
        }

        if (fromLogits) return false;
        if (meaning == own) return last is Activation { TakesLogits: true };
        string maker = own == OutputMeaning.Probabilities ? nameof(Softmax) : nameof(Sigmoid);
        // Do not suggest FromLogits after an activation: its outputs are not logits.
        string advice = last is Activation
            ? $"replace it by {maker}()"
            : $"end it with {maker}(), moving it there if it is elsewhere, or set FromLogits if the outputs are logits";
        throw new ArgumentException($"{loss.Name} expects probabilities from {maker}, but the model ends with {last}: {advice}.", nameof(loss));
    }
}
