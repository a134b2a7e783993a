using System.Diagnostics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <content>Probabilities, and the logits behind them.</content>
internal static partial class CrossEntropy
{
    /// <summary>Probabilities are kept this far from 0 and 1 before a logarithm: Keras's epsilon.</summary>
    private const float Epsilon = 1e-7f;

    /// <summary>How far outside [0, 1] rounding may put a probability.</summary>
    private const float Rounding = 1e-3f;

    private static int warned;

    /// <summary>Logits for a binary cross-entropy: the predictions, or what a sigmoid made them of; null where there are only probabilities.</summary>
    /// <exception cref="ArgumentException">The loss is told that it gets logits, but an activation made the predictions.</exception>
    public static Tensor? LogitsOfSigmoid(Loss loss, Tensor predictions, bool fromLogits)
        => fromLogits ? RequireLogits(loss, predictions) : LogitsBehind.Sigmoid(predictions);

    /// <summary>Logits for a categorical cross-entropy: the predictions, or what a softmax over the last dimension made them of; else null.</summary>
    /// <exception cref="ArgumentException">The loss is told that it gets logits, but an activation made the predictions.</exception>
    public static Tensor? LogitsOfSoftmax(Loss loss, Tensor predictions, bool fromLogits)
        => fromLogits ? RequireLogits(loss, predictions) : LogitsBehind.Softmax(predictions);

    /// <summary>Probabilities kept away from 0 and 1. A warning, once a process, where that stops a gradient.</summary>
    public static Tensor Clipped(Loss loss, Tensor p, Tensor targets)
    {
        if (warned == 0 && p.Node >= 0) WarnOfZeros(loss, p.AsReadOnlySpan(), targets.AsReadOnlySpan());
        return p.Clip(Epsilon, 1f - Epsilon);
    }

    /// <summary>Checks what is said to be probabilities: logits by mistake are the commonest fault, and give a number all the same.</summary>
    /// <param name="loss">For the message.</param>
    /// <param name="predictions">[batch, …].</param>
    /// <param name="most">1, or infinity where rows are divided by their sum.</param>
    /// <param name="activation">What makes probabilities, for the message.</param>
    /// <exception cref="ArgumentException">A number is no probability. NaN passes: it is the loss that shows it.</exception>
    public static void RequireChances(Loss loss, Tensor predictions, float most, string activation)
    {
        ReadOnlySpan<float> p = predictions.AsReadOnlySpan();
        int wrong = Search.First(new Search.Beyond(-Rounding, most + Rounding), p);
        if (wrong >= 0)
            throw new ArgumentException(
                $"{loss.Name} expects probabilities from 0 to 1, got {p[wrong]} in row {wrong / Math.Max(1, p.Length / predictions.Shape[0])}: " +
                $"if these are logits, set FromLogits (fromLogits: true); otherwise let them go through {activation}() first.", nameof(predictions));
    }

    /// <summary>Lets the warning come once more.</summary>
    internal static void WarnAgain() => Volatile.Write(ref warned, 0);

    private static Tensor RequireLogits(Loss loss, Tensor predictions)
    {
        if (!loss.IncludesActivation && (LogitsBehind.Sigmoid(predictions) ?? LogitsBehind.Softmax(predictions)) is not null)
            throw new ArgumentException(
                $"{loss.Name} with FromLogits expects logits, but a softmax or sigmoid made these predictions: leave FromLogits out, or pass model.Logits(…).",
                nameof(predictions));
        return predictions;
    }

    private static void WarnOfZeros(Loss loss, ReadOnlySpan<float> p, ReadOnlySpan<float> targets)
    {
        int stuck = Search.First(default(Search.Stuck), p, targets);
        if (stuck < 0 || Interlocked.Exchange(ref warned, 1) != 0) return;
        Trace.TraceWarning(
            $"{loss.Name} got a probability of {p[stuck]} where the target is {targets[stuck]}. It is kept 1e-7 from 0 and 1, and no gradient passes there: " +
            "what is wrong for certain stays wrong. Compute the loss from logits: fromLogits: true, with model.Logits(x, tape) for example.");
    }
}
