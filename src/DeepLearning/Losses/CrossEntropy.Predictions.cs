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

    /// <summary>Logits for a binary cross-entropy: the predictions, or the inputs of the sigmoid that computed them; null if there are only
    /// probabilities.</summary>
    /// <exception cref="ArgumentException">The loss is set to take logits, but an activation computed the predictions.</exception>
    public static Tensor? LogitsOfSigmoid(Loss loss, Tensor predictions, bool fromLogits)
        => fromLogits ? RequireLogits(loss, predictions) : LogitsBehind.Sigmoid(predictions);

    /// <summary>Logits for a categorical cross-entropy: the predictions, or the inputs of the softmax over the last dimension that computed them; otherwise
    /// null.</summary>
    /// <exception cref="ArgumentException">The loss is set to take logits, but an activation computed the predictions.</exception>
    public static Tensor? LogitsOfSoftmax(Loss loss, Tensor predictions, bool fromLogits)
        => fromLogits ? RequireLogits(loss, predictions) : LogitsBehind.Softmax(predictions);

    /// <summary>Probabilities kept away from 0 and 1. Warns, once per process, if that stops a gradient.</summary>
    public static Tensor Clipped(Loss loss, Tensor p, Tensor targets)
    {
        if (warned == 0 && p.Node >= 0) WarnOfZeros(loss, p.AsReadOnlySpan(), targets.AsReadOnlySpan());
        return p.Clip(Epsilon, 1f - Epsilon);
    }

    /// <summary>Checks values passed as probabilities: passing logits by mistake is the most common error, and it still gives a number.</summary>
    /// <param name="loss">For the message.</param>
    /// <param name="predictions">[batch, …].</param>
    /// <param name="most">1, or infinity if rows are divided by their sum.</param>
    /// <param name="activation">The activation that computes probabilities, for the message.</param>
    /// <exception cref="ArgumentException">A number is not a probability. NaN passes: the loss shows it.</exception>
    public static void RequireChances(Loss loss, Tensor predictions, float most, string activation)
    {
        ReadOnlySpan<float> p = predictions.AsReadOnlySpan();
        int wrong = Search.First(new Search.Beyond(-Rounding, most + Rounding), p);
        if (wrong >= 0)
            throw new ArgumentException(
                $"{loss.Name} expects probabilities from 0 to 1, got {p[wrong]} in row {wrong / Math.Max(1, p.Length / predictions.Shape[0])}: " +
                $"if these are logits, set FromLogits (fromLogits: true); otherwise pass them through {activation}() first.", nameof(predictions));
    }

    /// <summary>Enables the warning again.</summary>
    internal static void WarnAgain() => Volatile.Write(ref warned, 0);

    private static Tensor RequireLogits(Loss loss, Tensor predictions)
    {
        if (!loss.IncludesActivation && (LogitsBehind.Sigmoid(predictions) ?? LogitsBehind.Softmax(predictions)) is not null)
            throw new ArgumentException(
                $"{loss.Name} with FromLogits expects logits, but a softmax or sigmoid computed these: omit FromLogits, or pass model.Logits(…).",
                nameof(predictions));
        return predictions;
    }

    private static void WarnOfZeros(Loss loss, ReadOnlySpan<float> p, ReadOnlySpan<float> targets)
    {
        int stuck = Search.First(default(Search.Stuck), p, targets);
        if (stuck < 0 || Interlocked.Exchange(ref warned, 1) != 0) return;
        Trace.TraceWarning(
            $"{loss.Name} got a probability of {p[stuck]} where the target is {targets[stuck]}. It is clipped to 1e-7 from 0 and 1, where no gradient passes: " +
            "a prediction that is certain and wrong stays wrong. Compute the loss from logits: fromLogits: true, with model.Logits(x, tape) for example.");
    }
}
