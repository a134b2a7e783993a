using System.Diagnostics;
using DeepLearning.Kernels;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>The rows from <paramref name="start"/> on, over the same values.</summary>
    internal Tensor RowsView(int start, int count)
        => new(Shape.WithoutFirst().Prepend(count), buffer, offset + start * RowLength, IsInteger);

    /// <summary>One row, without the outermost dimension, over the same values.</summary>
    internal Tensor RowView(int row) => new(Shape.WithoutFirst(), buffer, offset + row * RowLength, IsInteger);

    /// <summary>Copies rows of another tensor, in the given order, into the rows of this one.</summary>
    internal void GatherRows(Tensor source, ReadOnlySpan<int> rows)
    {
        Debug.Assert(source.IsInteger == IsInteger, "Both tensors must have elements of the same kind.");
        Blocks.Gather(source.Bits, rows, Bits, 1, source.Shape[0], source.RowLength);
    }

    /// <summary>Copies the elements of a tensor of the same shape.</summary>
    internal void CopyFrom(Tensor source) => source.Bits.CopyTo(Bits);

    /// <summary>Elements of one row: the product of all dimensions but the outermost.</summary>
    private int RowLength => Shape[0] == 0 ? 0 : Count / Shape[0];
}
