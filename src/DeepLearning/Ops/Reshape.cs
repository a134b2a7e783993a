using DeepLearning.Kernels;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>The same values in another shape, as a view. One dimension may be −1: it is inferred.</summary>
    /// <param name="dimensions">The new dimensions; their product is this tensor's count.</param>
    /// <exception cref="ShapeMismatchException">The product differs, or the −1 cannot be inferred.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are more than <see cref="Shape.MaxRank"/> dimensions, or one is below −1.</exception>
    public Tensor Reshape(params ReadOnlySpan<int> dimensions) => ReshapeOp.Apply(this, dimensions);
}

/// <summary>y = x in another shape: a view forward, a copy of the gradient backward.</summary>
internal sealed class ReshapeOp : Op
{
    private Tensor x = null!;

    /// <summary>The operand.</summary>
    public Tensor X => x;

    public static Tensor Apply(Tensor x, ReadOnlySpan<int> dimensions)
    {
        Shape.CheckRank(dimensions);
        Span<int> dims = stackalloc int[dimensions.Length];
        dimensions.CopyTo(dims);
        Infer(x.Shape, dims, nameof(dimensions));
        Tape? tape = Tape.Of(x);
        Tensor y = x.View(tape, dims);
        if (tape?.Record<ReshapeOp>(y, x) is { } op) op.x = x;
        return y;
    }

    public override void Backward(Tensor dy, GradientPlaces places)
    {
        if (places.Wants(x, out Span<float> dx, out bool accumulate)) Blocks.Copy(dy.AsReadOnlySpan(), dx, accumulate);
    }

    /// <summary>Replaces a −1 by what the count leaves, and checks the product.</summary>
    public static void Infer(ReadOnlySpan<int> shape, Span<int> dims, string name)
    {
        int inferred = dims.IndexOf(-1), count = Shape.SizeOf(shape);
        if (dims.Count(-1) == 1)
        {
            dims[inferred] = 1;
            int rest = Shape.SizeOf(dims);
            dims[inferred] = rest > 0 && count % rest == 0 ? count / rest : -1;
        }

        if (dims.Contains(-1) || Shape.SizeOf(dims) != count)
            throw new ShapeMismatchException($"Shape {Shape.Format(shape)} with {count} elements cannot be reshaped to {Shape.Format(dims)}.", name);
    }
}
