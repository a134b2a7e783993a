using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Connectionist temporal classification of logits, fused: lossᵣ = −log P(labelsᵣ); dx = (softmax(x) − the share of paths through each class)·dlossᵣ. Labels
/// have no gradient.
/// </summary>
internal sealed class CtcLikelihood : Op
{
    private Tensor x = null!, slopes = null!;

    /// <param name="x">Logits [rows, time, classes]; class 0 is the blank.</param>
    /// <param name="labels">[rows, length], padded with 0.</param>
    /// <returns>[rows].</returns>
    public static Tensor Apply(Tensor x, Tensor labels)
    {
        int rows = x.Shape[0], time = x.Shape[1], classes = x.Shape[2];
        Tape? tape = Tape.Of(x);
        Tensor slopes = Tensor.Allocate(tape, x.Shape), y = Tensor.Allocate(tape, [rows]);
        SoftmaxKernel.LogSoftmax(x.AsReadOnlySpan(), slopes.AsSpan(), rows * time, classes, 1);
        CtcKernel.Forward(labels.AsReadOnlySpan(), y.AsSpan(), slopes.AsSpan(), rows, time, classes);
        if (tape?.Record<CtcLikelihood>(y, x) is { } op) (op.x, op.slopes) = (x, slopes);
        return y;
    }

    public override void Backward(Tensor dy, GradientPlaces places)
    {
        int rows = x.Shape[0];
        if (places.Wants(x, out Span<float> dx, out bool accumulate))
            CrossEntropyKernel.Backward(slopes.AsReadOnlySpan(), dy.AsReadOnlySpan(), dx, rows, x.Count / Math.Max(1, rows), accumulate);
    }
}
