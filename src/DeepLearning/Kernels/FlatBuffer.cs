namespace DeepLearning.Kernels;

/// <summary>
/// A float buffer that starts on a cache line (64 bytes) and never moves, so that vector loads do not straddle lines.
/// </summary>
internal sealed class FlatBuffer
{
    /// <summary>Floats in a cache line: buffers begin, and parameters within them are padded, at multiples of it.</summary>
    public const int Alignment = 16;

    public unsafe FlatBuffer(int length)
    {
        Length = length;
        Array = GC.AllocateArray<float>(length + Alignment - 1, pinned: true);
        fixed (float* start = Array) Offset = (int)((64 - (nuint)start % 64) % 64 / sizeof(float));
    }

    public float[] Array { get; }

    /// <summary>Where the aligned part begins in <see cref="Array"/>.</summary>
    public int Offset { get; }

    public int Length { get; }

    public Span<float> AsSpan() => new(Array, Offset, Length);

    /// <summary>The smallest multiple of the alignment that holds <paramref name="count"/>.</summary>
    public static int Align(int count) => checked(count + Alignment - 1) / Alignment * Alignment;
}
