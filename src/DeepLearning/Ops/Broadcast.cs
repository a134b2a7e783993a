using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// NumPy's rules of broadcasting, but for one: shapes are aligned at their last dimension; a dimension of 1, or a missing one, is repeated. Operands of
/// different rank are not both repeated, since [n, 1] with [n], a column of predictions with a vector of targets, would be every pair of rows, [n, n].
/// </summary>
internal static class Broadcast
{
    /// <summary>z = f(x, y) over the common shape of both.</summary>
    /// <exception cref="ShapeMismatchException">The shapes have no common shape.</exception>
    public static Tensor Map<TOp>(TOp op, Tensor x, Tensor y, Tape? tape) where TOp : struct, IBinary
    {
        if (x.Shape == y.Shape)
        {
            Tensor same = Tensor.Allocate(tape, x.Shape);
            Elementwise.Map(op, x.AsReadOnlySpan(), y.AsReadOnlySpan(), same.AsSpan());
            return same;
        }

        int rank = Math.Max(x.Rank, y.Rank);
        Span<int> dims = stackalloc int[rank], xStrides = stackalloc int[rank], yStrides = stackalloc int[rank];
        CommonShape(x.Shape, y.Shape, dims);
        RequireOneRepeated(x.Shape, y.Shape, dims);
        Tensor z = Tensor.Allocate(tape, dims);
        Strides(x.Shape, xStrides);
        Strides(y.Shape, yStrides);
        Elementwise.MapBroadcast(op, x.AsReadOnlySpan(), xStrides, y.AsReadOnlySpan(), yStrides, z.AsSpan(), dims);
        return z;
    }

    /// <summary>The tensor repeated to a larger shape; the tensor itself where it has that shape.</summary>
    public static Tensor Expand(Tensor x, ReadOnlySpan<int> shape, ITensorOwner? scratch)
    {
        if (x.Shape.Dimensions.SequenceEqual(shape)) return x;
        Tensor whole = Tensor.Allocate(scratch, shape);
        Expand(x, whole);
        return whole;
    }

    /// <summary>Fills a larger tensor with repetitions of a smaller; integers stay integers.</summary>
    public static void Expand(Tensor x, Tensor whole)
    {
        Span<int> strides = stackalloc int[whole.Rank], none = stackalloc int[whole.Rank];
        Strides(x.Shape, strides);
        none.Clear();
        whole.IsInteger = x.IsInteger;
        Elementwise.MapBroadcast(default(First), x.Bits, strides, [0f], none, whole.Bits, whole.Shape);
    }

    /// <summary>Sums a gradient over the dimensions along which its operand was repeated.</summary>
    public static void SumTo(Tensor whole, Shape shape, Span<float> result, bool accumulate, ITensorOwner? scratch)
    {
        Tensor current = whole;
        Span<int> dims = stackalloc int[whole.Rank];
        whole.Shape.Dimensions.CopyTo(dims);
        int missing = whole.Rank - shape.Rank;
        for (int d = 0; d < dims.Length; d++)
        {
            int target = d < missing ? 1 : shape.Dimensions[d - missing];
            if (dims[d] == target) continue;
            int outer = Product(dims[..d]), axis = dims[d], inner = Product(dims[(d + 1)..]);
            dims[d] = 1;
            Tensor next = Tensor.Allocate(scratch, dims);
            Reductions.Sum(current.AsReadOnlySpan(), next.AsSpan(), outer, axis, inner);
            current = next;
        }

        Blocks.Copy(current.AsReadOnlySpan(), result, accumulate);
    }

    /// <summary>The product of dimensions.</summary>
    public static int Product(ReadOnlySpan<int> dims)
    {
        int product = 1;
        foreach (int d in dims) product *= d;
        return product;
    }

    /// <summary>The common shape of two, written into <paramref name="dims"/>, which has the larger rank and may be one of both.</summary>
    /// <exception cref="ShapeMismatchException">There is none.</exception>
    public static void CommonShape(ReadOnlySpan<int> x, ReadOnlySpan<int> y, Span<int> dims)
    {
        for (int d = 1; d <= dims.Length; d++)
        {
            int a = d <= x.Length ? x[^d] : 1, b = d <= y.Length ? y[^d] : 1;
            if (a != b && a != 1 && b != 1)
                throw new ShapeMismatchException(
                    $"Shapes {Shape.Format(x)} and {Shape.Format(y)} do not broadcast: counted from the end, " +
                    $"dimension {d} is {a} in one and {b} in the other.");
            dims[^d] = a == 1 ? b : a;
        }
    }

    /// <summary>Refuses operands of different rank that would both be repeated.</summary>
    /// <exception cref="ShapeMismatchException">The message names both shapes and what to write instead.</exception>
    public static void RequireOneRepeated(Shape x, Shape y, ReadOnlySpan<int> common)
    {
        if (x.Rank == y.Rank || !Grows(x, common) || !Grows(y, common)) return;
        (Shape shorter, Shape longer) = x.Rank < y.Rank ? (x, y) : (y, x);
        int missing = longer.Rank - shorter.Rank;
        string pairs = $"{Shape.Format([.. Enumerable.Repeat(1, missing), .. shorter.Dimensions])} for every pair";
        if (Shape.EqualButForOnes(shorter, longer)) pairs = $"{longer} to pair the rows, or to {pairs}";
        throw new ShapeMismatchException(
            $"Shapes {x} and {y} have different ranks, and both would be repeated, to {Shape.Format(common)}. " +
            $"Reshape {shorter} to {pairs} (Reshape, ExpandDims; BroadcastTo repeats explicitly).");
    }

    /// <summary>Whether a shape is repeated to become the common one.</summary>
    public static bool Grows(ReadOnlySpan<int> shape, ReadOnlySpan<int> common)
    {
        for (int d = 1; d <= common.Length; d++)
            if ((d <= shape.Length ? shape[^d] : 1) < common[^d]) return true;
        return false;
    }

    /// <summary>Row-major strides aligned at the last dimension; 0 where the tensor is repeated.</summary>
    /// <param name="shape">The dimensions that the tensor has.</param>
    /// <param name="strides">One for each dimension of the common shape.</param>
    /// <param name="size">Values in one element of this shape: more than 1 where it counts matrices.</param>
    public static void Strides(ReadOnlySpan<int> shape, Span<int> strides, int size = 1)
    {
        int stride = size;
        for (int d = 1; d <= strides.Length; d++)
        {
            int length = d <= shape.Length ? shape[^d] : 1;
            strides[^d] = length == 1 ? 0 : stride;
            stride *= length;
        }
    }

    private readonly struct First : IBinary
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => x;
    }
}
