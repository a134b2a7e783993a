using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <content>
/// tanh x = x + x³·p(x²) for |x| &lt; 0.55 (p of degree 4, relative error 2⁻²⁹), else 1 − 2 / (e^(2|x|) + 1) with its sign from x; both are computed
/// and one is kept. σ(x) = z / (1 + z) or 1 / (1 + z) with z = e^(−|x|), the quotient corrected by its exact remainder.
/// Neither subtracts nearly equal numbers. Worst measured: Tanh 1.46 ULP, Sigmoid 1.48 ULP.
/// </content>
internal static partial class VectorMath
{
    /// <summary>Hyperbolic tangent; ±1 beyond ±9.02, accurate near 0; −0 stays −0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x) => Apply<TanhFunction>(x);

    /// <summary>σ(x) = 1 / (1 + e⁻ˣ), right down to the denormals for large negative x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => Apply<SigmoidFunction>(x);

    private readonly struct TanhFunction : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Invoke<T>(T x) where T : struct, IFloats<T>
        {
            T one = T.Create(1f), a = T.AtMost(T.Create(10f), T.Abs(x)), z = a * a;

            T p = Step(T.Create(-0.0062428494f), z, 0.021050714f);
            p = Step(p, z, -0.0538475476f);
            p = Step(p, z, 0.133325443f);
            p = Step(p, z, -0.333333164f);
            T near = T.MultiplyAdd(a * z, p, a);

            T e = ReducedExpm1(a + a, out T shifted), scale = PowerOfTwo(shifted);
            T far = one - T.Create(2f) / (T.MultiplyAdd(e, scale, scale) + one);

            return T.Select(T.LessThan(a, T.Create(0.55f)), near, far) | SignOf(x);
        }
    }

    private readonly struct SigmoidFunction : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Invoke<T>(T x) where T : struct, IFloats<T>
        {
            T one = T.Create(1f), z = ExpFunction.Invoke(-T.Abs(x));
            T top = T.Select(T.LessThan(x, T.Create(0f)), z, one), bottom = one + z, lost = z - (bottom - one);
            T inverse = one / bottom, y = top * inverse;
            T remainder = T.MultiplyAdd(-y, bottom, top) - y * lost;
            return T.MultiplyAdd(remainder, inverse, y);
        }
    }
}
