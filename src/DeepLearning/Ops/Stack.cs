namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>Tensors of one shape side by side along a new axis: three of [2, 4] along 0 give [3, 2, 4].</summary>
    /// <param name="axis">The position of the new axis in the result; −1 is last.</param>
    /// <param name="tensors">At least one; all of the same shape.</param>
    /// <exception cref="ArgumentException">There is no tensor, or some have integers and some floats.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The result has no such axis.</exception>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    public static Tensor Stack(int axis, params ReadOnlySpan<Tensor> tensors)
    {
        Shape first = ConcatenateOp.FirstShape(tensors);
        int rank = first.Rank, place = axis < 0 ? axis + rank + 1 : axis;
        if (place < 0 || place > rank)
            throw new ArgumentOutOfRangeException(nameof(axis), axis, $"Tensors of shape {first} are stacked along axis {-rank - 1} to {rank}, got {axis}.");
        foreach (Tensor tensor in tensors)
        {
            if (tensor.Shape != first)
                throw new ShapeMismatchException($"Only equal shapes can be stacked, got {first} and {tensor.Shape}.", nameof(tensors));
        }

        Span<int> dims = stackalloc int[rank + 1];
        first.Dimensions[..place].CopyTo(dims);
        dims[place] = tensors.Length;
        first.Dimensions[place..].CopyTo(dims[(place + 1)..]);
        return ConcatenateOp.Apply(tensors, dims, Broadcast.Product(dims[..place]));
    }
}
