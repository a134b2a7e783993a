namespace DeepLearning;

/// <summary>
/// The seed of random numbers: any whole number, such as <c>seed: 42</c>, an int, a byte or a ulong. Equal numbers give the same bits regardless of their type,
/// and a negative number is a valid seed.
/// </summary>
/// <param name="value">The 64 bits.</param>
public readonly struct Seed(ulong value) : IEquatable<Seed>
{
    /// <summary>The 64 bits; for a negative number its two's complement.</summary>
    public ulong Value => value;

    /// <summary>The seed of this number.</summary>
    public static implicit operator Seed(byte value) => new(value);

    /// <summary>The seed of this number.</summary>
    public static implicit operator Seed(ushort value) => new(value);

    /// <summary>The seed of this number.</summary>
    public static implicit operator Seed(uint value) => new(value);

    /// <summary>The seed of this number.</summary>
    public static implicit operator Seed(int value) => new(unchecked((ulong)value));

    /// <summary>The seed of this number.</summary>
    public static implicit operator Seed(long value) => new(unchecked((ulong)value));

    /// <summary>The seed of this number.</summary>
    public static implicit operator Seed(ulong value) => new(value);

    /// <summary>Whether both give the same random numbers.</summary>
    public static bool operator ==(Seed left, Seed right) => left.Value == right.Value;

    /// <summary>Whether they give different random numbers.</summary>
    public static bool operator !=(Seed left, Seed right) => left.Value != right.Value;

    /// <inheritdoc/>
    public bool Equals(Seed other) => Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Seed other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>The number, as an unsigned one.</summary>
    public override string ToString() => FormattableString.Invariant($"{Value}");
}
