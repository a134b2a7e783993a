namespace DeepLearning.Kernels;

/// <summary>
/// A float buffer with room for parameters that are padded to cache lines (64 bytes). One that is kept starts on a cache line and never moves, so that
/// vector loads do not straddle lines; one that is used once is an ordinary array where it is small.
/// </summary>
internal sealed class FlatBuffer
{
    /// <summary>Floats in a cache line: buffers begin, and parameters within them are padded, at multiples of it.</summary>
    public const int Alignment = 16;

    /// <summary>Floats from which on the collector counts an array as large: 85,000 bytes.</summary>
    private const int SmallestLarge = (85_000 - 24) / sizeof(float);

    /// <param name="length">Floats, all 0.</param>
    /// <param name="kept">
    /// False for a buffer made anew at each step: what is pinned counts for generation 2, and enough of it makes the collector go through all of that. So does
    /// any large array, wherever it lies.
    /// </param>
    public unsafe FlatBuffer(int length, bool kept = true)
    {
        Length = length;
        if (!kept && length < SmallestLarge)
        {
            Array = new float[length];
            return;
        }

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
