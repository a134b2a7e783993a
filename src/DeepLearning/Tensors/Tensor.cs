using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace DeepLearning;

/// <summary>
/// An array of float32 with any number of dimensions, row-major and contiguous, or of integers that serve as indices
/// (<see cref="FromIndices(ReadOnlySpan{int}, Shape)"/>). An ordinary object: nothing to dispose.
/// Results of operations are new tensors; <see cref="Reshape(ReadOnlySpan{int})"/> shares its source's values.
/// </summary>
[DebuggerDisplay("Tensor {Shape}")]
public sealed partial class Tensor : IFormattable
{
    private float[] buffer;
    private int offset;

    /// <summary>A tensor over <paramref name="buffer"/> from <paramref name="offset"/> on.</summary>
    internal Tensor(Shape shape, float[] buffer, int offset = 0, bool isInteger = false)
    {
        Debug.Assert(offset + shape.Size <= buffer.Length, "The buffer must hold the shape.");
        Shape = shape;
        this.buffer = buffer;
        this.offset = offset;
        IsInteger = isInteger;
    }

    /// <summary>The dimensions, outermost first.</summary>
    public Shape Shape { get; private set; }

    /// <summary>Number of dimensions; 0 for a scalar.</summary>
    public int Rank => Shape.Rank;

    /// <summary>Number of elements.</summary>
    public int Count => Shape.Size;

    /// <summary>The owner of this tensor's memory, which also provides memory for results computed from it.</summary>
    internal ITensorOwner? Owner { get; set; }

    /// <summary>The place on the owner's tape; negative if no gradient flows to this tensor.</summary>
    internal int Node { get; set; } = -1;

    /// <summary>
    /// All elements, row-major, as a view: writing changes the tensor. A tensor that is on a <see cref="Tape"/> must keep its values
    /// until the gradients are taken.
    /// </summary>
    /// <exception cref="InvalidOperationException">The elements are integers, as from <see cref="FromIndices(ReadOnlySpan{int}, Shape)"/>.</exception>
    public Span<float> AsSpan()
    {
        if (IsInteger) RefuseIntegers();
        return new Span<float>(buffer, offset, Shape.Size);
    }

    /// <summary>All elements, row-major, as a read-only view.</summary>
    /// <exception cref="InvalidOperationException">The elements are integers, as from <see cref="FromIndices(ReadOnlySpan{int}, Shape)"/>.</exception>
    public ReadOnlySpan<float> AsReadOnlySpan() => AsSpan();

    /// <summary>One element; one index per dimension, negative ones count from the end. A row is <c>t[0, ..]</c>.</summary>
    /// <param name="indices">One index per dimension.</param>
    /// <exception cref="ArgumentException">The number of indices is not the number of dimensions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside its dimension.</exception>
    /// <exception cref="InvalidOperationException">The elements are integers, as from <see cref="FromIndices(ReadOnlySpan{int}, Shape)"/>.</exception>
    public float this[params ReadOnlySpan<int> indices]
    {
        get => AsSpan()[IndexOf(indices)];
        set => AsSpan()[IndexOf(indices)] = value;
    }

    /// <summary>The only element of a tensor that has just one: a loss, a mean.</summary>
    /// <exception cref="InvalidOperationException">The tensor has another number of elements, or an integer.</exception>
    public float ToScalar()
        => Count == 1 ? AsSpan()[0] : throw new InvalidOperationException($"A tensor of shape {Shape} is not a single number: it has {Count} elements.");

    /// <summary>The only element of a tensor that has just one.</summary>
    /// <param name="tensor">A tensor with one element.</param>
    public static explicit operator float(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.ToScalar();
    }

    /// <summary>A copy with its own values, on no tape.</summary>
    public Tensor Clone() => new(Shape, Bits.ToArray(), isInteger: IsInteger);

    /// <summary>The shape and the values, readable; long tensors are shortened in the middle.</summary>
    public override string ToString() => TensorFormatter.Format(this, null, CultureInfo.InvariantCulture);

    /// <summary>The same with a format for each number: <c>$"{tensor:0.000}"</c>. A scalar is formatted as its number only.</summary>
    /// <param name="format">One of .NET's numeric formats; by default up to four decimals.</param>
    /// <param name="formatProvider">How numbers are written; the invariant culture if null.</param>
    /// <exception cref="FormatException">The format is not valid.</exception>
    public string ToString(string? format, IFormatProvider? formatProvider)
        => TensorFormatter.Format(this, format, formatProvider ?? CultureInfo.InvariantCulture);

    /// <summary>A tensor of undefined content, from the owner if there is one.</summary>
    internal static Tensor Allocate(ITensorOwner? owner, ReadOnlySpan<int> dimensions)
        => owner?.Rent(dimensions) ?? new Tensor(new Shape(dimensions), new float[Shape.SizeOf(dimensions)]);

    /// <summary>A tensor with the same values and another shape of the same size.</summary>
    internal Tensor View(ITensorOwner? owner, ReadOnlySpan<int> dimensions)
        => owner?.RentView(this, dimensions) ?? new Tensor(new Shape(dimensions), buffer, offset, IsInteger);

    /// <summary>Makes this object a view of another's values: how an owner reuses objects.</summary>
    internal void Rebind(Tensor source)
    {
        (buffer, offset, IsInteger) = (source.buffer, source.offset, source.IsInteger);
    }

    private int IndexOf(ReadOnlySpan<int> indices, [CallerArgumentExpression(nameof(indices))] string? name = null)
    {
        if (indices.Length != Rank)
            throw new ArgumentException($"A tensor of shape {Shape} takes {Rank} indices, got {indices.Length}.{Cut(indices)}", name);
        int index = 0;
        for (int d = 0; d < indices.Length; d++)
        {
            int size = Shape.Dimensions[d], i = indices[d] < 0 ? indices[d] + size : indices[d];
            if ((uint)i >= (uint)size)
                throw new ArgumentOutOfRangeException(name, indices[d], $"Index {indices[d]} is outside dimension {d} of shape {Shape}.");
            index = index * size + i;
        }

        return index;
    }

    /// <summary>Advice on how to select a part of the tensor, if a number was requested with too few indices.</summary>
    private string Cut(ReadOnlySpan<int> indices)
        => Rank == 0 ? " It is one number: write (float)t."
            : indices.Length > 0 && indices.Length < Rank
            ? $" For what is at {Shape.Format(indices)}, of shape {Shape.Format(Shape.Dimensions[indices.Length..])}, "
                + $"write t[{string.Join(", ", indices.ToArray())}, ..]."
            : "";
}
