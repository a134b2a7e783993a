using DeepLearning.Kernels;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>
    /// e^xᵢ / Σ e^xⱼ along one axis, the maximum subtracted first, so that any finite values are safe. A row of −∞ gives equal shares.
    /// </summary>
    /// <param name="axis">The axis that sums to 1; −1 is the last.</param>
    public Tensor Softmax(int axis = -1) => SoftmaxOp.Apply(this, axis, logarithm: false);

    /// <summary>log(softmax(x)) along one axis, computed as x − max − log Σ e^(x − max).</summary>
    /// <param name="axis">The axis; −1 is the last.</param>
    public Tensor LogSoftmax(int axis = -1) => SoftmaxOp.Apply(this, axis, logarithm: true);
}

/// <summary>y = softmax(x) or its logarithm, along one axis.</summary>
internal sealed class SoftmaxOp : Op
{
    private Tensor x = null!, y = null!;
    private Axes axes;
    private bool logarithm;

    /// <summary>The operand.</summary>
    public Tensor X => x;

    /// <summary>Whether these are probabilities over the last dimension.</summary>
    public bool GivesRows => !logarithm && axes.Axis == x.Rank - 1;

    public static Tensor Apply(Tensor x, int axis, bool logarithm)
    {
        var axes = new Axes(x.Shape, axis);
        Tape? tape = Tape.Of(x);
        Tensor y = Tensor.Allocate(tape, x.Shape);
        if (logarithm) SoftmaxKernel.LogSoftmax(x.AsReadOnlySpan(), y.AsSpan(), axes.Outer, axes.Size, axes.Inner);
        else SoftmaxKernel.Softmax(x.AsReadOnlySpan(), y.AsSpan(), axes.Outer, axes.Size, axes.Inner);
        if (tape?.Record<SoftmaxOp>(y, x) is { } op) (op.x, op.y, op.axes, op.logarithm) = (x, y, axes, logarithm);
        return y;
    }

    public override void Backward(Tensor dy, GradientPlaces places)
    {
        if (!places.Wants(x, out Span<float> dx, out bool accumulate)) return;
        if (logarithm) SoftmaxKernel.LogSoftmaxBackward(y.AsReadOnlySpan(), dy.AsReadOnlySpan(), dx, axes.Outer, axes.Size, axes.Inner, accumulate);
        else SoftmaxKernel.SoftmaxBackward(y.AsReadOnlySpan(), dy.AsReadOnlySpan(), dx, axes.Outer, axes.Size, axes.Inner, accumulate);
    }
}
