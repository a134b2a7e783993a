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
    public static Vector512<float> Exp(Vector512<float> x) => Apply<ExpFunction>(x);

    /// <summary>eˣ − 1, accurate near 0; −0 stays −0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Expm1(Vector512<float> x) => Apply<Expm1Function>(x);

    /// <summary>eʳ − 1 for x = k·ln 2 + r, and 1.5·2²³ + k, whose lowest bits are those of k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T ReducedExpm1<T>(T x, out T shifted) where T : struct, IFloats<T>
    {
        T magic = T.Create(RoundToInteger);
        shifted = T.MultiplyAdd(x, T.Create(1.44269502f), magic);
        T n = shifted - magic;
        T r = T.MultiplyAdd(n, T.Create(-Ln2High), x);
        r = T.MultiplyAdd(n, T.Create(-Ln2Low), r);
        T q = Step(T.Create(0.000150450956f), r, 0.00139305438f);
        q = Step(q, r, 0.00834151078f);
        q = Step(q, r, 0.0416665114f);
        q = Step(q, r, 0.166666359f);
        q = Step(q, r, 0.5f);
        return T.MultiplyAdd(r * r, q, r);
    }

    /// <summary>
    /// x·2ⁿ for whole −151 ≤ n ≤ 128 and x in [√½, √2], rounded once, also where it overflows or is denormal: two steps, of which the first is exact.
    /// What comes to 0, as in every masked or padded lane of a softmax, is 0 beforehand: an underflow takes a hundred cycles.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T ScaleInTwoSteps<T>(T x, T n) where T : struct, IFloats<T>
    {
        T magic = T.Create(RoundToInteger), k = T.SubtractBits(n + magic, magic), half = T.ShiftBitsRight(k, 1);
        x = T.Select(T.LessThan(n, T.Create(-150f)), T.Create(0f), x);
        return x * PowerOfTwo(half) * PowerOfTwo(T.SubtractBits(k, half));
    }

    private readonly struct ExpFunction : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Invoke<T>(T x) where T : struct, IFloats<T>
        {
            x = T.AtMost(T.Create(89f), T.AtLeast(T.Create(-105f), x));
            T y = T.Create(1f) + ReducedExpm1(x, out T shifted);
            return T.ScaleByPowerOfTwo(y, shifted - T.Create(RoundToInteger));
        }
    }

    private readonly struct Expm1Function : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Invoke<T>(T x) where T : struct, IFloats<T>
        {
            T t = T.AtMost(T.Create(89f), T.AtLeast(T.Create(-20f), x)), p = ReducedExpm1(t, out T shifted);
            // Half the result, because 2ᵏ itself may be 2¹²⁸.
            T scale = PowerOfTwo(shifted - T.Create(1f)), half = T.MultiplyAdd(p, scale, scale - T.Create(0.5f));
            return T.Select(T.LessThan(T.Abs(x), T.Create(1f / (1 << 25))), x, half + half);
        }
    }
}
