using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>y = x·W + b over the last dimension of x: what a Dense layer computes, as one operation.</summary>
internal sealed class Linear : Op
{
    private Tensor x = null!, w = null!;
    private Tensor? b;

    /// <param name="x">[…, inputs].</param>
    /// <param name="w">[inputs, units].</param>
    /// <param name="b">[units], or null.</param>
    /// <returns>[…, units].</returns>
    public static Tensor Apply(Tensor x, Tensor w, Tensor? b)
    {
        int inputs = w.Shape[0], units = w.Shape[1];
        if (x.Rank == 0 || x.Shape[-1] != inputs)
            throw new ShapeMismatchException($"A linear map with kernel {w.Shape} expects […, {inputs}], got {x.Shape}.", nameof(x));
        Tape? tape = Tape.Of(x, w, b);
        Span<int> dims = stackalloc int[x.Rank];
        x.Shape.Dimensions.CopyTo(dims);
        int rows = Broadcast.Product(dims[..^1]);
        dims[^1] = units;
        Tensor y = Tensor.Allocate(tape, dims);
        Gemm.Multiply(x.AsReadOnlySpan(), false, w.AsReadOnlySpan(), false, y.AsSpan(), rows, units, inputs, bias: b is null ? default : b.AsReadOnlySpan());
        if (tape?.Record<Linear>(y, x, w, b) is { } op) (op.x, op.w, op.b) = (x, w, b);
        return y;
    }

    public override void Backward(Tensor dy, GradientPlaces places)
    {
        int inputs = w.Shape[0], units = w.Shape[1], rows = Broadcast.Product(dy.Shape.Dimensions[..^1]);
        if (places.Wants(w, out Span<float> dw, out bool addW))
            Gemm.Multiply(x.AsReadOnlySpan(), true, dy.AsReadOnlySpan(), false, dw, inputs, units, rows, addW);
        if (b is not null && places.Wants(b, out Span<float> db, out bool addB))
            Reductions.Sum(dy.AsReadOnlySpan(), db, 1, rows, units, addB);
        if (places.Wants(x, out Span<float> dx, out bool addX))
            Gemm.Multiply(dy.AsReadOnlySpan(), false, w.AsReadOnlySpan(), true, dx, rows, inputs, units, addX);
    }
}
