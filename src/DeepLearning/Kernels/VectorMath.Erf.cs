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
    public static Vector512<float> Erf(Vector512<float> x)
    {
        Vector512<float> t = Vector512.MinNative(Vector512.Create(4f), Vector512.Abs(x)), z = t * t;

        Vector512<float> p = Step(Vector512.Create(7.99529444e-05f), z, -0.000804954558f);
        p = Step(p, z, 0.00519239344f);
        p = Step(p, z, -0.0268557295f);
        p = Step(p, z, 0.112836257f);
        p = Step(p, z, -0.376126289f);
        p = Step(p, z, 0.128379166f);
        Vector512<float> near = Vector512.FusedMultiplyAdd(t, p, t);

        Vector512<float> q = Step(Vector512.Create(1.15282455e-05f), t, -0.000325762579f);
        q = Step(q, t, 0.00365447788f);
        q = Step(q, t, -0.0237875059f);
        q = Step(q, t, 0.106266469f);
        q = Step(q, t, 0.635133386f);
        q = Step(q, t, 0.128652915f);
        Vector512<float> e = ReducedExpm1(-Vector512.FusedMultiplyAdd(t, q, t), out Vector512<int> k), scale = PowerOfTwo(k);
        Vector512<float> far = Vector512<float>.One - Vector512.FusedMultiplyAdd(e, scale, scale);

        return Vector512.ConditionalSelect(Vector512.GreaterThan(t, Vector512.Create(475f / 512f)), far, near) | SignOf(x);
    }
}
