using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Cross-entropy of each row from its logits: lossᵣ = −Σ t·log softmax(x) over the last dimension; dx = (softmax(x)·Σt − t)·dlossᵣ, dt = −log softmax(x)·dlossᵣ. Fused, so that
/// no probability is ever rounded to 0.
/// </summary>
internal sealed class SoftmaxCrossEntropy : Op
{
    private Tensor x = null!, logs = null!, targets = null!;

    /// <param name="x">Logits [rows, classes].</param>
    /// <param name="targets">Shares of the classes [rows, classes].</param>
    /// <returns>[rows].</returns>
    public static Tensor Apply(Tensor x, Tensor targets)
    {
        int rows = x.Shape[0], classes = x.Shape[1];
        Tape? tape = Tape.Of(x, targets);
        Tensor logs = Tensor.Allocate(tape, x.Shape), y = Tensor.Allocate(tape, [rows]);
        SoftmaxKernel.LogSoftmax(x.AsReadOnlySpan(), logs.AsSpan(), rows, classes, 1);
        ReadOnlySpan<float> log = logs.AsReadOnlySpan(), t = targets.AsReadOnlySpan();
        Span<float> loss = y.AsSpan();
        for (int r = 0; r < rows; r++)
        {
            float sum = 0f;
            for (int c = r * classes; c < (r + 1) * classes; c++)
                if (t[c] != 0f) sum -= t[c] * log[c];
            loss[r] = sum;
        }

        if (tape?.Record<SoftmaxCrossEntropy>(y, x, targets) is { } op) (op.x, op.logs, op.targets) = (x, logs, targets);
        return y;
    }

    public override void Backward(Tensor dy, Tape tape)
    {
        if (tape.Wants(x, out Span<float> dx, out bool addX)) BackwardLogits(dy, dx, addX, tape);
        if (tape.Wants(targets, out Span<float> dt, out bool addT)) BackwardTargets(dy, dt, addT);
    }

    private void BackwardLogits(Tensor dy, Span<float> dx, bool accumulate, Tape tape)
    {
        int rows = x.Shape[0], classes = x.Shape[1];
        Tensor shares = tape.RentPlain(x.Shape);
        Elementwise.Map(default(Exponential), logs.AsReadOnlySpan(), shares.AsSpan());
        ReadOnlySpan<float> p = shares.AsReadOnlySpan(), t = targets.AsReadOnlySpan(), d = dy.AsReadOnlySpan();
        for (int r = 0; r < rows; r++)
        {
            int start = r * classes;
            float total = 0f;
            for (int c = start; c < start + classes; c++) total += t[c];
            for (int c = start; c < start + classes; c++) dx[c] = (accumulate ? dx[c] : 0f) + (p[c] * total - t[c]) * d[r];
        }
    }

    private void BackwardTargets(Tensor dy, Span<float> dt, bool accumulate)
    {
        int classes = x.Shape[1];
        ReadOnlySpan<float> log = logs.AsReadOnlySpan(), d = dy.AsReadOnlySpan();
        for (int i = 0; i < dt.Length; i++) dt[i] = (accumulate ? dt[i] : 0f) - log[i] * d[i / classes];
    }

    private readonly struct Exponential : IUnary
    {
        public Vector512<float> Invoke(Vector512<float> x) => VectorMath.Exp(x);
    }
}
