using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>
/// Elementary functions over 16 lanes: branch-free, every multiply-add an explicit fused one, so that a lane's bits depend on its value
/// alone, at any SIMD width. Bounds are against double over all floats, measured by the exhaustive sweeps in VectorMathTests; the polynomials are our own
/// minimax fits (Remez exchange in 140-bit arithmetic, coefficients rounded to float one after another and the rest refitted).
/// </summary>
internal static partial class VectorMath
{
    /// <summary>1.5·2²³: adding it rounds a small float to the nearest integer and leaves that integer in the low bits.</summary>
    private const float RoundToInteger = 12582912f;

    /// <summary>ln 2 in two parts; the first has 9 bits, so that its product with an exponent is exact.</summary>
    private const float Ln2High = 0.693359375f, Ln2Low = -0.000212194442f;

    /// <summary>2ᵏ for −126 ≤ k ≤ 127.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> PowerOfTwo(Vector512<int> k) => ((k + Vector512.Create(127)) << 23).AsSingle();

    /// <summary>a·x + b with a constant b: one step of Horner's rule.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Step(Vector512<float> a, Vector512<float> x, float b) => Vector512.FusedMultiplyAdd(a, x, Vector512.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> SignOf(Vector512<float> x) => x & Vector512.Create(-0f);
}
