using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <content>
/// erf x = x + x·p(x²) for |x| ≤ 475/512 (p of degree 6, relative error 2⁻³⁰), else ±(1 − e^(−t − t·q(t))) with t = |x| (q of degree 6: a fit to
/// −log erfc(t) on [0.92, 4], error 2⁻³⁰ of the result). Both are computed and one is kept. Worst measured: 1.02 ULP.
/// </content>
internal static partial class VectorMath
{
    /// <summary>The error function 2/√π·∫₀ˣ e^(−t²) dt; ±1 beyond ±3.92, accurate near 0; −0 stays −0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Erf(Vector512<float> x) => Apply<ErfFunction>(x);

    private readonly struct ErfFunction : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Invoke<T>(T x) where T : struct, IFloats<T>
        {
            T t = T.AtMost(T.Create(4f), T.Abs(x)), z = t * t;

            T p = Step(T.Create(7.99529444e-05f), z, -0.000804954558f);
            p = Step(p, z, 0.00519239344f);
            p = Step(p, z, -0.0268557295f);
            p = Step(p, z, 0.112836257f);
            p = Step(p, z, -0.376126289f);
            p = Step(p, z, 0.128379166f);
            T near = T.MultiplyAdd(t, p, t);

            T q = Step(T.Create(1.15282455e-05f), t, -0.000325762579f);
            q = Step(q, t, 0.00365447788f);
            q = Step(q, t, -0.0237875059f);
            q = Step(q, t, 0.106266469f);
            q = Step(q, t, 0.635133386f);
            q = Step(q, t, 0.128652915f);
            T e = ReducedExpm1(-T.MultiplyAdd(t, q, t), out T shifted), scale = PowerOfTwo(shifted);
            T far = T.Create(1f) - T.MultiplyAdd(e, scale, scale);

            return T.Select(T.LessThan(T.Create(475f / 512f), t), far, near) | SignOf(x);
        }
    }
}
