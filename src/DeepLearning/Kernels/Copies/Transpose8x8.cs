using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DeepLearning.Kernels;

/// <summary>
/// An 8 × 8 block across, in 8 vectors of 8 lanes; x86 with AVX only. Equals <c>target[p·targetStride + i] = source[i·sourceStride + p]</c>.
/// Three rounds: single values of two rows interleaved, then pairs, then the halves of the vectors exchanged.
/// </summary>
internal static unsafe class Transpose8x8
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Invoke(float* source, nint sourceStride, float* target, nint targetStride)
    {
        float* lower = source + (4 * sourceStride);
        Vector256<float> r0 = Vector256.Load(source), r1 = Vector256.Load(source + sourceStride);
        Vector256<float> r2 = Vector256.Load(source + (2 * sourceStride)), r3 = Vector256.Load(source + (3 * sourceStride));
        Vector256<float> r4 = Vector256.Load(lower), r5 = Vector256.Load(lower + sourceStride);
        Vector256<float> r6 = Vector256.Load(lower + (2 * sourceStride)), r7 = Vector256.Load(lower + (3 * sourceStride));

        Vector256<double> s0 = Avx.UnpackLow(r0, r1).AsDouble(), s1 = Avx.UnpackHigh(r0, r1).AsDouble();
        Vector256<double> s2 = Avx.UnpackLow(r2, r3).AsDouble(), s3 = Avx.UnpackHigh(r2, r3).AsDouble();
        Vector256<double> s4 = Avx.UnpackLow(r4, r5).AsDouble(), s5 = Avx.UnpackHigh(r4, r5).AsDouble();
        Vector256<double> s6 = Avx.UnpackLow(r6, r7).AsDouble(), s7 = Avx.UnpackHigh(r6, r7).AsDouble();

        // Rows 0 … 3 of columns p and p + 4 in the two halves of one vector, rows 4 … 7 of the same in its partner.
        Exchange(Avx.UnpackLow(s0, s2), Avx.UnpackLow(s4, s6), target, targetStride);
        Exchange(Avx.UnpackHigh(s0, s2), Avx.UnpackHigh(s4, s6), target + targetStride, targetStride);
        Exchange(Avx.UnpackLow(s1, s3), Avx.UnpackLow(s5, s7), target + (2 * targetStride), targetStride);
        Exchange(Avx.UnpackHigh(s1, s3), Avx.UnpackHigh(s5, s7), target + (3 * targetStride), targetStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Exchange(Vector256<double> upper, Vector256<double> lower, float* target, nint targetStride)
    {
        Avx.Permute2x128(upper, lower, 0x20).AsSingle().Store(target);
        Avx.Permute2x128(upper, lower, 0x31).AsSingle().Store(target + (4 * targetStride));
    }
}
