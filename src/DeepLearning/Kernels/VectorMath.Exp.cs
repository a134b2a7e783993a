using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <content>
/// eˣ = 2ᵏ·eʳ with k = round(x / ln 2) and r = x − k·ln 2 (Cody and Waite 1980: ln 2 in two parts), |r| ≤ 0.347; eʳ − 1 = r + r²·q(r), q of degree 5,
/// relative error 2⁻²⁸. Worst measured: Exp 0.99 ULP, Expm1 1.44 ULP.
/// </content>
internal static partial class VectorMath
{
    /// <summary>eˣ; overflows to +∞ above 88.72, goes through the denormals to 0 below −103.97.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        // The value stands second: where it is NaN, x86 returns the second operand, and other machines NaN in any place.
        x = Vector512.MinNative(Vector512.Create(89f), Vector512.MaxNative(Vector512.Create(-104f), x));
        return ScaleByPowerOfTwo(Vector512<float>.One + ReducedExpm1(x, out Vector512<int> k), k);
    }

    /// <summary>eˣ − 1, accurate near 0; −0 stays −0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Expm1(Vector512<float> x)
    {
        Vector512<float> t = Vector512.MinNative(Vector512.Create(89f), Vector512.MaxNative(Vector512.Create(-20f), x));
        Vector512<float> p = ReducedExpm1(t, out Vector512<int> k);
        // Half the result, because 2ᵏ itself may be 2¹²⁸.
        Vector512<float> halfScale = PowerOfTwo(k - Vector512<int>.One);
        Vector512<float> half = Vector512.FusedMultiplyAdd(p, halfScale, halfScale - Vector512.Create(0.5f));
        Vector512<float> tiny = Vector512.LessThan(Vector512.Abs(x), Vector512.Create(1f / (1 << 25)));
        return Vector512.ConditionalSelect(tiny, x, half + half);
    }

    /// <summary>eʳ − 1 for x = k·ln 2 + r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ReducedExpm1(Vector512<float> x, out Vector512<int> k)
    {
        Vector512<float> magic = Vector512.Create(RoundToInteger);
        Vector512<float> shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(1.44269502f), magic);
        k = shifted.AsInt32() - magic.AsInt32();
        Vector512<float> n = shifted - magic;
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2High), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low), r);
        Vector512<float> q = Step(Vector512.Create(0.000150450956f), r, 0.00139305438f);
        q = Step(q, r, 0.00834151078f);
        q = Step(q, r, 0.0416665114f);
        q = Step(q, r, 0.166666359f);
        q = Step(q, r, 0.5f);
        return Vector512.FusedMultiplyAdd(r * r, q, r);
    }

    /// <summary>x·2ᵏ for −150 ≤ k ≤ 128, in two exact halves, so that overflow and denormals round once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ScaleByPowerOfTwo(Vector512<float> x, Vector512<int> k)
    {
        Vector512<int> half = k >> 1;
        return x * PowerOfTwo(half) * PowerOfTwo(k - half);
    }
}
