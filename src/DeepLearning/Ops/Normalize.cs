using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>y = (x − offset) / scale for each column of the rows of x, in double and rounded once; dx = dy / scale.</summary>
internal sealed class Normalize : Op
{
    private Tensor x = null!;
    private double[] scale = null!;

    /// <param name="x">[batch, …], of as many columns as there are offsets.</param>
    /// <param name="offset">One a column.</param>
    /// <param name="scale">One a column, none 0.</param>
    public static Tensor Apply(Tensor x, double[] offset, double[] scale)
    {
        Tape? tape = Tape.Of(x);
        Tensor y = Tensor.Allocate(tape, x.Shape);
        ColumnAffine.Invoke(x.AsReadOnlySpan(), y.AsSpan(), offset, scale);
        if (tape?.Record<Normalize>(y, x) is { } op) (op.x, op.scale) = (x, scale);
        return y;
    }

    public override void Backward(Tensor dy, GradientPlaces places)
    {
        if (places.Wants(x, out Span<float> dx, out bool accumulate)) ColumnAffine.Invoke(dy.AsReadOnlySpan(), dx, [], scale, accumulate);
    }
}
