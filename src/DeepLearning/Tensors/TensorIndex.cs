namespace DeepLearning;

/// <summary>
/// The selection along one axis of a tensor: one place, which drops the axis (<c>2</c>, <c>-1</c>, <c>^1</c>), or a range of places, which keeps it
/// (<c>1..3</c>, <c>..</c>). Converts implicitly, as in <c>t[.., 2]</c>.
/// </summary>
public readonly struct TensorIndex : IEquatable<TensorIndex>
{
    private readonly Range range;
    private readonly bool single;

    private TensorIndex(Range range, bool single) => (this.range, this.single) = (range, single);

    /// <summary>One place; negative ones count from the end.</summary>
    public static implicit operator TensorIndex(int place) => place < 0 ? new Index(-place, fromEnd: true) : new Index(place);

    /// <summary>One place; <c>^1</c> is the last.</summary>
    public static implicit operator TensorIndex(Index place) => new(new Range(place, place), true);

    /// <summary>The places from the range's start up to, but not including, its end.</summary>
    public static implicit operator TensorIndex(Range range) => new(range, false);

    /// <summary>Whether both are the same place or the same range.</summary>
    public static bool operator ==(TensorIndex left, TensorIndex right) => left.Equals(right);

    /// <summary>Whether they are different places or ranges.</summary>
    public static bool operator !=(TensorIndex left, TensorIndex right) => !left.Equals(right);

    /// <summary>Whether the axis is dropped.</summary>
    internal bool IsSingle => single;

    /// <inheritdoc/>
    public bool Equals(TensorIndex other) => single == other.single && range.Equals(other.range);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TensorIndex other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(range, single);

    /// <summary>As it is written in code: <c>^1</c>, <c>1..3</c>.</summary>
    public override string ToString() => single ? range.Start.ToString() : range.ToString();

    /// <summary>The first place and the number of places along an axis of a shape.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not all on the axis.</exception>
    internal (int Start, int Length) On(Shape shape, int axis, string name)
    {
        int size = shape[axis], start = range.Start.GetOffset(size), end = single ? start + 1 : range.End.GetOffset(size);
        if (start >= 0 && start <= end && end <= size) return (start, end - start);
        string expected = single ? $"a place from 0 to {size - 1}" : $"a range within 0..{size}";
        throw new ArgumentOutOfRangeException(name, ToString(), $"Axis {axis} of shape {shape} has {size} places: expected {expected}, got {this}.");
    }
}
