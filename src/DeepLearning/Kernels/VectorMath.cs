using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>Elementary functions over 16 lanes.</summary>
internal static class VectorMath
{
    public static Vector512<float> Exp(Vector512<float> x) => Vector512.Exp(x);

    public static Vector512<float> Log(Vector512<float> x) => Vector512.Log(x);

    public static Vector512<float> Tanh(Vector512<float> x) => PerLane(x, MathF.Tanh);

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static Vector512<float> Sigmoid(Vector512<float> x) => Vector512<float>.One / (Vector512<float>.One + Exp(-x));

    /// <summary>log(1 + x) for x ≥ 0, exact near 0.</summary>
    public static Vector512<float> Log1p(Vector512<float> x) => PerLane(x, static v => (float)Math.Log(1.0 + v));

    /// <summary>eˣ − 1, exact near 0.</summary>
    public static Vector512<float> Expm1(Vector512<float> x) => PerLane(x, static v => (float)(Math.Exp(v) - 1.0));

    /// <summary>The error function.</summary>
    public static Vector512<float> Erf(Vector512<float> x) => PerLane(x, static v => (float)MathNet.Numerics.SpecialFunctions.Erf(v));

    private static Vector512<float> PerLane(Vector512<float> x, Func<float, float> f)
    {
        Span<float> lanes = stackalloc float[16];
        x.CopyTo(lanes);
        for (int i = 0; i < 16; i++) lanes[i] = f(lanes[i]);
        return Vector512.Create<float>(lanes);
    }
}
