using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>
/// Elementary functions over 16 lanes: branch-free, every multiply-add an explicit fused one, so that a lane's bits depend on its value alone, at any SIMD
/// width. Bounds are against double over all floats, measured by the command <c>ulp</c> of DeepLearning.Benchmarks; the polynomials are our own minimax fits
/// (Remez exchange in 140-bit arithmetic, coefficients rounded to float one after another and the rest refitted).
/// </summary>
internal static partial class VectorMath
{
    /// <summary>1.5·2²³: adding it rounds a small float to the nearest integer and leaves that integer in the low bits.</summary>
    private const float RoundToInteger = 12582912f;

    /// <summary>ln 2 in two parts; the first has 9 bits, so that its product with an exponent is exact.</summary>
    private const float Ln2High = 0.693359375f, Ln2Low = -0.000212194442f;

    /// <summary>A function as the loops below take it.</summary>
    private interface IFunction
    {
        static abstract T Invoke<T>(T x) where T : struct, IFloats<T>;
    }

    /// <summary>
    /// Inlined where 512 bits are the machine's own, else two calls of 256: inlined there, several functions in one loop would exhaust what the compiler
    /// allows a method, and their operations would become calls.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Apply<TFunction>(Vector512<float> x) where TFunction : struct, IFunction
        => Vector512.IsHardwareAccelerated
            ? TFunction.Invoke(new Floats512(x)).Value
            : Vector512.Create(Half<TFunction>(x.GetLower()), Half<TFunction>(x.GetUpper()));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector256<float> Half<TFunction>(Vector256<float> x) where TFunction : struct, IFunction => TFunction.Invoke(new Floats256(x)).Value;

    /// <summary>2ᵏ for −126 ≤ k ≤ 127, where k is in the lowest bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T PowerOfTwo<T>(T k) where T : struct, IFloats<T> => T.AddBits(T.ShiftBitsLeft(k, 23), T.Create(1f));

    /// <summary>a·x + b with a constant b: one step of Horner's rule.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Step<T>(T a, T x, float b) where T : struct, IFloats<T> => T.MultiplyAdd(a, x, T.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SignOf<T>(T x) where T : struct, IFloats<T> => x & T.Create(-0f);
}
