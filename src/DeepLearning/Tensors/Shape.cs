using System.Collections;
using System.Runtime.CompilerServices;

namespace DeepLearning;

/// <summary>
/// The dimensions of a tensor, outermost first: <c>Shape images = [60000, 28, 28]</c>. The empty shape is a scalar; a dimension may be 0. There are at
/// most <see cref="MaxRank"/>.
/// </summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IEquatable<Shape>, IEnumerable<int>
{
    /// <summary>The largest number of dimensions of a shape.</summary>
    public const int MaxRank = 64;

    private readonly int[]? dimensions;
    private readonly int size;

    /// <summary>A shape from its dimensions, outermost first.</summary>
    /// <param name="dimensions">At most <see cref="MaxRank"/>, each ≥ 0; their product at most <see cref="Array.MaxLength"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is negative, or there are too many.</exception>
    /// <exception cref="OverflowException">The product of the dimensions is too large for one tensor.</exception>
    public Shape(params ReadOnlySpan<int> dimensions)
    {
        size = SizeOf(dimensions);
        this.dimensions = dimensions.ToArray();
    }

    /// <summary>The shape of a single number: no dimensions.</summary>
    public static Shape Scalar => default;

    /// <summary>Number of dimensions; 0 for a scalar.</summary>
    public int Rank => dimensions?.Length ?? 0;

    /// <summary>
    /// Number of elements: the product of the dimensions; 1 for a scalar. NumPy: <c>size</c>. It is not named Count, because the compiler would use Count as
    /// the number of items when spreading: <c>[-1, .. shape]</c> would be too long.
    /// </summary>
    public int Size => dimensions is null ? 1 : size;

    /// <summary>The dimensions, outermost first.</summary>
    public ReadOnlySpan<int> Dimensions => dimensions;

    /// <summary>The size of one dimension; negative axes count from the end, so −1 is the last.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int this[int axis] => dimensions![Axis(axis)];

    /// <summary>The size of one dimension; <c>^1</c> is the last.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int this[Index axis]
    {
        get
        {
            int place = axis.GetOffset(Rank);
            return place >= 0 && place < Rank
                ? dimensions![place]
                : throw new ArgumentOutOfRangeException(nameof(axis), axis, $"Shape {this} has {Rank} axes.");
        }
    }

    /// <summary>A shape from its dimensions; what the collection expression <c>[2, 3]</c> calls.</summary>
    /// <param name="dimensions">Each ≥ 0, outermost first.</param>
    public static Shape Create(ReadOnlySpan<int> dimensions) => new(dimensions);

    /// <summary>This shape with one more, outermost dimension: <c>[3, 4].Prepend(2)</c> is <c>[2, 3, 4]</c>.</summary>
    /// <param name="dimension">The new outermost dimension, ≥ 0.</param>
    public Shape Prepend(int dimension) => [dimension, .. Dimensions];

    /// <summary>This shape without its outermost dimension: the shape of one sample of a batch.</summary>
    /// <exception cref="InvalidOperationException">The shape is a scalar.</exception>
    public Shape WithoutFirst()
        => Rank > 0 ? new Shape(Dimensions[1..]) : throw new InvalidOperationException("A scalar has no dimension to drop.");

    /// <summary>Whether both have the same dimensions.</summary>
    /// <param name="other">The other shape.</param>
    public bool Equals(Shape other) => Dimensions.SequenceEqual(other.Dimensions);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int d in Dimensions) hash.Add(d);
        return hash.ToHashCode();
    }

    /// <summary>Whether both have the same dimensions.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Whether they differ in a dimension or in rank.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <summary>The dimensions as a span.</summary>
    /// <param name="shape">The shape.</param>
    public static implicit operator ReadOnlySpan<int>(Shape shape) => shape.Dimensions;

    /// <summary>The dimensions, outermost first.</summary>
    public IEnumerator<int> GetEnumerator() => (dimensions ?? []).AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>For example <c>[128, 10]</c>.</summary>
    public override string ToString() => Format(Dimensions);

    internal static string Format(ReadOnlySpan<int> dimensions) => $"[{string.Join(", ", dimensions.ToArray())}]";

    /// <summary>The shape of a batch of these, for messages: <c>[batch, 10]</c>.</summary>
    internal string WithBatch() => Rank == 0 ? "[batch]" : $"[batch, {string.Join(", ", this)}]";

    /// <summary>Whether both are equal apart from dimensions of 1, so that row-major values fit both.</summary>
    internal static bool EqualButForOnes(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        int i = 0, j = 0;
        while (true)
        {
            while (i < a.Length && a[i] == 1) i++;
            while (j < b.Length && b[j] == 1) j++;
            if (i == a.Length || j == b.Length) return i == a.Length && j == b.Length;
            if (a[i++] != b[j++]) return false;
        }
    }

    /// <summary>A non-negative axis from one that may count from the end.</summary>
    internal int Axis(int axis, [CallerArgumentExpression(nameof(axis))] string? name = null)
        => axis >= -Rank && axis < Rank
            ? axis < 0 ? axis + Rank : axis
            : throw new ArgumentOutOfRangeException(name, axis, $"Shape {this} has {Rank} axes: expected an axis from {-Rank} to {Rank - 1}, got {axis}.");

    /// <summary>Checked before a shape is allocated on the stack, whose overflow cannot be caught.</summary>
    internal static void CheckRank(ReadOnlySpan<int> dimensions)
    {
        if (dimensions.Length > MaxRank)
            throw new ArgumentOutOfRangeException(nameof(dimensions), dimensions.Length, $"Expected at most {MaxRank} dimensions, got {dimensions.Length}.");
    }

    /// <summary>The product of dimensions, checked before anything of that size is allocated.</summary>
    internal static int SizeOf(ReadOnlySpan<int> dimensions)
    {
        CheckRank(dimensions);
        long product = 1;
        bool empty = false, tooLarge = false;
        foreach (int d in dimensions)
        {
            if (d < 0)
                throw new ArgumentOutOfRangeException(nameof(dimensions), d, $"Shape {Format(dimensions)} has a negative dimension.");
            if (d == 0) empty = true;
            else if (!tooLarge) tooLarge = (product *= d) > Array.MaxLength;
        }

        if (empty) return 0;
        return tooLarge
            ? throw new OverflowException($"Shape {Format(dimensions)} has more elements than one tensor can hold ({Array.MaxLength}).")
            : (int)product;
    }
}
