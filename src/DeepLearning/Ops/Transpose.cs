using DeepLearning.Kernels;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>xᵀ: the last two axes swapped, so that a matrix [m, n] becomes [n, m] and a batch of them [b, m, n] becomes [b, n, m].</summary>
    /// <exception cref="ShapeMismatchException">The tensor has fewer than two dimensions.</exception>
    public Tensor Transpose()
    {
        if (Rank < 2) throw new ShapeMismatchException($"A transposition swaps the last two axes, got shape {Shape}.");
        Span<int> permutation = stackalloc int[Rank];
        for (int i = 0; i < Rank; i++) permutation[i] = i;
        (permutation[^1], permutation[^2]) = (permutation[^2], permutation[^1]);
        return TransposeOp.Apply(this, permutation);
    }

    /// <summary>The axes in another order: axis i of the result is axis <c>permutation[i]</c> of this tensor.</summary>
    /// <param name="permutation">Every axis once; negative ones count from the end.</param>
    /// <exception cref="ArgumentException">Not every axis appears exactly once.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An axis that the tensor does not have.</exception>
    public Tensor Transpose(params ReadOnlySpan<int> permutation)
    {
        if (permutation.Length != Rank)
            throw new ArgumentException($"Shape {Shape} has {Rank} axes, got the permutation {Shape.Format(permutation)}.", nameof(permutation));
        Span<int> axes = stackalloc int[Rank];
        for (int i = 0; i < Rank; i++)
        {
            axes[i] = Shape.Axis(permutation[i], nameof(permutation));
            if (axes[..i].Contains(axes[i]))
                throw new ArgumentException($"A permutation names every axis once, got {Shape.Format(permutation)}.", nameof(permutation));
        }

        return TransposeOp.Apply(this, axes);
    }
}

/// <summary>y = x with its axes permuted; dx = dy with the inverse permutation.</summary>
internal sealed class TransposeOp : Op
{
    private Tensor x = null!;
    private int[] inverse = [];

    public static Tensor Apply(Tensor x, ReadOnlySpan<int> permutation)
    {
        Span<int> dims = stackalloc int[x.Rank];
        for (int i = 0; i < dims.Length; i++) dims[i] = x.Shape.Dimensions[permutation[i]];
        Tape? tape = Tape.Of(x);
        Tensor y = Tensor.AllocateLike(x, tape, dims);
        Transposition.Permute(x.Bits, x.Shape, permutation, y.Bits);
        if (tape?.Record<TransposeOp>(y, x) is { } op) op.Keep(x, permutation);
        return y;
    }

    public override void Backward(Tensor dy, GradientPlaces places)
    {
        if (places.Wants(x, out Span<float> dx, out bool accumulate)) Transposition.Permute(dy.AsReadOnlySpan(), dy.Shape, inverse, dx, accumulate);
    }

    private void Keep(Tensor source, ReadOnlySpan<int> permutation)
    {
        x = source;
        if (inverse.Length != permutation.Length) inverse = new int[permutation.Length];
        for (int i = 0; i < permutation.Length; i++) inverse[permutation[i]] = i;
    }
}
