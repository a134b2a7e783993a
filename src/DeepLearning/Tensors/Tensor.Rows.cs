namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>The rows from <paramref name="start"/> on, over the same values.</summary>
    internal Tensor RowsView(int start, int count)
        => new(Shape.WithoutFirst().Prepend(count), buffer, offset + start * RowLength);

    /// <summary>One row, without the outermost dimension, over the same values.</summary>
    internal Tensor RowView(int row) => new(Shape.WithoutFirst(), buffer, offset + row * RowLength);

    /// <summary>Copies rows of another tensor, in the given order, into the rows of this one.</summary>
    internal void GatherRows(Tensor source, ReadOnlySpan<int> rows)
    {
        int length = source.RowLength;
        ReadOnlySpan<float> from = source.AsReadOnlySpan();
        Span<float> to = AsSpan();
        for (int r = 0; r < rows.Length; r++) from.Slice(rows[r] * length, length).CopyTo(to[(r * length)..]);
    }

    /// <summary>Copies the elements of a tensor of the same shape.</summary>
    internal void CopyFrom(Tensor source) => source.AsReadOnlySpan().CopyTo(AsSpan());

    /// <summary>Elements of one row: the product of all dimensions but the outermost.</summary>
    private int RowLength => Shape[0] == 0 ? 0 : Count / Shape[0];
}
