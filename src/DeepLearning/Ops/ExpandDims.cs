namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>The same values with one more dimension of size 1, as a view: <c>[2, 3].ExpandDims(0)</c> is <c>[1, 2, 3]</c>.</summary>
    /// <param name="axis">The position of the new dimension in the result; −1 is last.</param>
    /// <exception cref="ArgumentOutOfRangeException">The result has no such axis.</exception>
    public Tensor ExpandDims(int axis)
    {
        int place = axis < 0 ? axis + Rank + 1 : axis;
        if (place < 0 || place > Rank)
            throw new ArgumentOutOfRangeException(nameof(axis), axis, $"Shape {Shape} takes a new axis at {-Rank - 1} to {Rank}, got {axis}.");
        Span<int> dims = stackalloc int[Rank + 1];
        Shape.Dimensions[..place].CopyTo(dims);
        dims[place] = 1;
        Shape.Dimensions[place..].CopyTo(dims[(place + 1)..]);
        return Reshape(dims);
    }

    /// <summary>The same values without one dimension of size 1, as a view: <c>[2, 1, 3].Squeeze(1)</c> is <c>[2, 3]</c>.</summary>
    /// <param name="axis">The dimension that disappears; −1 is the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ShapeMismatchException">The dimension's size is not 1.</exception>
    public Tensor Squeeze(int axis)
    {
        int place = Shape.Axis(axis);
        if (Shape.Dimensions[place] != 1)
            throw new ShapeMismatchException(
                $"Only a dimension of size 1 can be dropped: axis {axis} of shape {Shape} has size {Shape.Dimensions[place]}.", nameof(axis));
        Span<int> dims = stackalloc int[Rank];
        return Reshape(SumOp.Reduced(Shape, place, keepDimension: false, dims));
    }
}
