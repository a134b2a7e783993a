using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace DeepLearning;

/// <content>
/// Tensors of indices: 32-bit integers, kept exactly, where float32 would round from 2²⁴ on. Operations that move elements accept them; arithmetic
/// does not.
/// </content>
public sealed partial class Tensor
{
    /// <summary>
    /// Whether the elements are integers, created by <see cref="FromIndices(ReadOnlySpan{int}, Shape)"/>: indices, for <see cref="Gather(int, Tensor)"/>.
    /// Operations that move elements keep them integers: <see cref="Reshape(ReadOnlySpan{int})"/>, <see cref="Slice(int, int, int)"/>,
    /// <see cref="Gather(int, ReadOnlySpan{int})"/>, <see cref="Concatenate"/>, <see cref="Stack"/>, <see cref="Transpose()"/>, <see cref="BroadcastTo"/>, data
    /// sets and batches. Anything that reads floats throws.
    /// </summary>
    public bool IsInteger { get; internal set; }

    /// <summary>Copies integers, row-major, into a new tensor of indices.</summary>
    /// <param name="values">As many as the shape has elements; any int.</param>
    /// <param name="shape">The shape, for example <c>[batch, words]</c>.</param>
    /// <exception cref="ShapeMismatchException">The number of values is wrong.</exception>
    public static Tensor FromIndices(ReadOnlySpan<int> values, Shape shape)
    {
        if (values.Length != shape.Size) throw new ShapeMismatchException($"Shape {shape} holds {shape.Size} values, got {values.Length}.", nameof(values));
        Tensor tensor = Zeros(shape);
        values.CopyTo(MemoryMarshal.Cast<float, int>(tensor.Bits));
        tensor.IsInteger = true;
        return tensor;
    }

    /// <summary>Copies integers into a vector of indices [n].</summary>
    /// <param name="values">The elements; any int.</param>
    public static Tensor FromIndices(params ReadOnlySpan<int> values) => FromIndices(values, [values.Length]);

    /// <summary>Copies a two-dimensional array into a matrix of indices [rows, columns].</summary>
    /// <param name="values">The elements; any int.</param>
    public static Tensor FromIndices(int[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return FromIndices(ElementsOf<int>(values), [values.GetLength(0), values.GetLength(1)]);
    }

    /// <summary>Copies rows of equal length into a matrix of indices [rows, columns]: sentences, word by word.</summary>
    /// <param name="rows">The rows.</param>
    /// <exception cref="ArgumentNullException">There are no rows, or one of them is null.</exception>
    /// <exception cref="ShapeMismatchException">The rows have different lengths; the message names the first that differs.</exception>
    public static Tensor FromIndices(int[][] rows)
    {
        int columns = ColumnsOf(rows);
        Tensor tensor = Zeros([rows.Length, columns]);
        Span<int> elements = MemoryMarshal.Cast<float, int>(tensor.Bits);
        for (int r = 0; r < rows.Length; r++) rows[r].CopyTo(elements.Slice(r * columns, columns));
        tensor.IsInteger = true;
        return tensor;
    }

    /// <summary>All integers, row-major, as a read-only view.</summary>
    /// <exception cref="InvalidOperationException">The tensor has floats.</exception>
    public ReadOnlySpan<int> AsIntegers()
        => IsInteger
            ? MemoryMarshal.Cast<float, int>(Bits)
            : throw new InvalidOperationException(
                $"A tensor of shape {Shape} has float32 values, not integers: make indices with {nameof(Tensor)}.{nameof(FromIndices)}, "
                + $"or read {nameof(AsReadOnlySpan)}().");

    /// <summary>The elements as stored in memory, 4 bytes each, floats or integers: for moving, not for computing.</summary>
    internal Span<float> Bits => new(buffer, offset, Shape.Size);

    /// <summary>A tensor of undefined content for elements of another's kind, from the owner if there is one.</summary>
    internal static Tensor AllocateLike(Tensor source, ITensorOwner? owner, ReadOnlySpan<int> dimensions)
    {
        Tensor tensor = Allocate(owner, dimensions);
        tensor.IsInteger = source.IsInteger;
        return tensor;
    }

    [DoesNotReturn]
    private void RefuseIntegers()
        => throw new InvalidOperationException(
            $"A tensor of shape {Shape} has integers, which {nameof(AsIntegers)}() reads, and no float32 values to compute with: look rows up by "
            + $"table.{nameof(Gather)}(0, indices), or convert them with {nameof(Tensor)}.{nameof(From)}(indices.{nameof(AsIntegers)}(), indices.{nameof(Shape)}).");
}
