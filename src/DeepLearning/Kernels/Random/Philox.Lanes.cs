using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DeepLearning.Kernels;

/// <content>
/// Sixteen counters at a time. The rounds run on two halves, the even and the odd counters, each word in the low half of a 64-bit lane, where the 32×32→64
/// multiplication reads it; the upper halves hold leftovers that nothing reads.
/// </content>
internal readonly partial struct Philox
{
    /// <summary>The words of the counters first … first + 15 (first a multiple of 16): lane l of xᵥ is word v of counter first + l.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Sixteen(ulong first, out Vector512<uint> x0, out Vector512<uint> x1, out Vector512<uint> x2, out Vector512<uint> x3)
    {
        Vector512<ulong> e0 = Vector512.Create((ulong)(uint)first) + Vector512<ulong>.Indices + Vector512<ulong>.Indices, o0 = e0 + Vector512<ulong>.One;
        Vector512<ulong> e1 = Vector512.Create((ulong)stream), e2 = Vector512.Create((ulong)(uint)step), e3 = Vector512.Create((ulong)LastWord(first));
        Vector512<ulong> o1 = e1, o2 = e2, o3 = e3;
        uint k0 = (uint)seed, k1 = (uint)(seed >> 32);
        for (int round = 0; round < 10; round++)
        {
            Vector512<ulong> key0 = Vector512.Create((ulong)k0), key1 = Vector512.Create((ulong)k1);
            Vector512<ulong> p0 = Multiply(e0, Multiplier0), p1 = Multiply(e2, Multiplier1);
            (e0, e1, e2, e3) = ((p1 >> 32) ^ e1 ^ key0, p1, (p0 >> 32) ^ e3 ^ key1, p0);
            p0 = Multiply(o0, Multiplier0);
            p1 = Multiply(o2, Multiplier1);
            (o0, o1, o2, o3) = ((p1 >> 32) ^ o1 ^ key0, p1, (p0 >> 32) ^ o3 ^ key1, p0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        (x0, x1, x2, x3) = (Interleave(e0, o0), Interleave(e1, o1), Interleave(e2, o2), Interleave(e3, o3));
    }

    /// <summary>The 64-bit products of the low halves of x's lanes with m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Multiply(Vector512<ulong> x, uint m)
    {
        if (Avx512F.IsSupported) return Avx512F.Multiply(x.AsUInt32(), Vector512.Create((ulong)m).AsUInt32());
        if (Avx2.IsSupported)
        {
            Vector256<uint> factor = Vector256.Create((ulong)m).AsUInt32();
            return Vector512.Create(Avx2.Multiply(x.GetLower().AsUInt32(), factor), Avx2.Multiply(x.GetUpper().AsUInt32(), factor));
        }

        return (x & Vector512.Create((ulong)uint.MaxValue)) * Vector512.Create((ulong)m);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Interleave(Vector512<ulong> even, Vector512<ulong> odd)
        => Vector512.ConditionalSelect(Vector512.Create((ulong)uint.MaxValue), even, odd << 32).AsUInt32();
}
