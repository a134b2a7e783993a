using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepLearning.Kernels;

/// <summary>Scratch memory of one thread for packed panels: pinned, aligned to 64 bytes, kept and only ever grown.</summary>
internal static unsafe class PackBuffer
{
    private const int Alignment = 64;

    [ThreadStatic]
    private static float[]? left;

    [ThreadStatic]
    private static float[]? right;

    /// <summary>Room for panels of A; valid until this thread asks again.</summary>
    /// <exception cref="OverflowException">More values than an array can hold.</exception>
    public static float* Left(long length) => Rent(ref left, length);

    /// <summary>Room for panels of B; valid until this thread asks again.</summary>
    public static float* Right(long length) => Rent(ref right, length);

    private static float* Rent(ref float[]? buffer, long length)
    {
        if (buffer is null || buffer.Length < length + (Alignment / sizeof(float)))
            buffer = GC.AllocateUninitializedArray<float>(checked((int)(length + (Alignment / sizeof(float)))), pinned: true);
        nuint start = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(buffer));
        return (float*)((start + Alignment - 1) & ~(nuint)(Alignment - 1));
    }
}
