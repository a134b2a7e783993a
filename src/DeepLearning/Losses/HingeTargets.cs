using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>The two classes of a hinge loss: −1 and 1, or 0 and 1.</summary>
internal static class HingeTargets
{
    /// <summary>Targets as −1 and 1: 0 becomes −1, as in Keras.</summary>
    public static Tensor Signs(Tensor targets) => UnaryOp<Sign>.Apply(default, targets);

    /// <summary>Checks targets: −1 and 1 throughout, or 0 and 1.</summary>
    /// <exception cref="ArgumentException">The message names the first that fits neither.</exception>
    public static void Require(Tensor targets, Shape output, string loss)
    {
        ReadOnlySpan<float> t = targets.AsReadOnlySpan();
        int noSign = Search.First(new Search.Neither(-1f, 1f), t);
        if (noSign < 0) return;
        int noClass = Search.First(new Search.Neither(0f, 1f), t);
        if (noClass < 0) return;
        int wrong = Math.Max(noSign, noClass);
        throw new ArgumentException(
            FormattableString.Invariant($"{loss} expects targets that are all −1 or 1, or all 0 or 1, got {t[wrong]} in row {wrong / Math.Max(1, output.Size)}")
            + $"{(t[wrong] is -1f or 0f ? ", though other rows are of the other kind" : "")}: "
            + $"for labels of more classes use {nameof(CategoricalHinge)}, for quantities a regression loss.", nameof(targets));
    }

    /// <summary>Rejects outputs that are never below 0: the other class would be unreachable.</summary>
    public static void RequireBothSigns(Layer last, string loss)
    {
        if (last.OutputMeaning is OutputMeaning.Bounded or OutputMeaning.Values) return;
        throw new ArgumentException(
            $"{loss} expects scores on both sides of 0, but the model ends with {last}: remove it, replace it by Tanh(), or use {nameof(BinaryCrossEntropy)}.",
            nameof(loss));
    }

    private readonly struct Sign : IFormula
    {
        public static bool SlopeFromInput => true;

        public static bool SlopeIsFinite => true;

        public Vector512<float> Invoke(Vector512<float> t)
            => Vector512.ConditionalSelect(Vector512.Equals(t, Vector512<float>.Zero), Vector512.Create(-1f), t);

        public Vector512<float> Backward(Vector512<float> t, Vector512<float> dy) => dy;
    }
}
