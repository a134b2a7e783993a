using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Cross-entropy of each row from its logits: lossᵣ = −Σ t·log softmax(x) over the last dimension; dx = (softmax(x)·Σt − t)·dlossᵣ, dt = −log softmax(x)·dlossᵣ. Fused, so that
/// no probability is ever rounded to 0; the slope by the logits falls out of the forward pass. Near 1 it is: the loss of a sample that is right by a margin of
/// 37 or more is 0, and from a margin of about 17 on so is the slope of the right class, or one step of 6e-8.
/// </summary>
internal sealed class SoftmaxCrossEntropy : Op
{
    private Tensor x = null!, slopes = null!, targets = null!;

    /// <param name="x">Logits [rows, classes].</param>
    /// <param name="targets">Shares of the classes [rows, classes].</param>
    /// <returns>[rows].</returns>
    public static Tensor Apply(Tensor x, Tensor targets)
    {
        int rows = x.Shape[0], classes = x.Shape[1];
        Tape? tape = Tape.Of(x, targets);
        Tensor slopes = Tensor.Allocate(tape, x.Shape), y = Tensor.Allocate(tape, [rows]);
        CrossEntropyKernel.Forward(x.AsReadOnlySpan(), targets.AsReadOnlySpan(), y.AsSpan(), slopes.AsSpan(), rows, classes);
        if (tape?.Record<SoftmaxCrossEntropy>(y, x, targets) is { } op) (op.x, op.slopes, op.targets) = (x, slopes, targets);
        return y;
    }

    public override void Backward(Tensor dy, GradientPlaces places)
    {
        int rows = x.Shape[0], classes = x.Shape[1];
        if (places.Wants(x, out Span<float> dx, out bool addX))
            CrossEntropyKernel.Backward(slopes.AsReadOnlySpan(), dy.AsReadOnlySpan(), dx, rows, classes, addX);
        if (places.Wants(targets, out Span<float> dt, out bool addT)) BackwardTargets(dy, dt, addT, places);
    }

    private void BackwardTargets(Tensor dy, Span<float> dt, bool accumulate, GradientPlaces places)
    {
        int rows = x.Shape[0], classes = x.Shape[1];
        Tensor logs = Tensor.Allocate(places.Scratch, x.Shape);
        SoftmaxKernel.LogSoftmax(x.AsReadOnlySpan(), logs.AsSpan(), rows, classes, 1);
        Elementwise.MapAlong(default(Slope), logs.AsReadOnlySpan(), dy.AsReadOnlySpan(), dy.AsReadOnlySpan(), dt, rows, classes, 1, accumulate);
    }

    /// <summary>−log softmax(x)·dloss.</summary>
    private readonly struct Slope : ITernary
    {
        public Vector512<float> Invoke(Vector512<float> log, Vector512<float> d, Vector512<float> same)
            => Vector512<float>.Zero - VectorMath.ZeroWins(log * d, d);
    }
}
