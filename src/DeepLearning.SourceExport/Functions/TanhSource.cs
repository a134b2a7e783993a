namespace DeepLearning.SourceExport;

/// <summary>tanh x and what is made of it, as C#.</summary>
internal static class TanhSource
{
    public static SourceFunction Tanh { get; } = new("""
        /// <summary>The hyperbolic tangent: x + x³·p(x²) near 0, else ±(1 − 2 / (e^2|x| + 1)).</summary>
        private static float Tanh(float x)
        {
            float a = MathF.Min(10f, MathF.Abs(x)), z = a * a;
            float p = MathF.FusedMultiplyAdd(-0.0062428494f, z, 0.021050714f);
            p = MathF.FusedMultiplyAdd(p, z, -0.0538475476f);
            p = MathF.FusedMultiplyAdd(p, z, 0.133325443f);
            p = MathF.FusedMultiplyAdd(p, z, -0.333333164f);
            float e = ReducedExpm1(a + a, out float n), scale = PowerOfTwo(n);
            float near = MathF.FusedMultiplyAdd(a * z, p, a), far = 1f - 2f / (MathF.FusedMultiplyAdd(e, scale, scale) + 1f);
            return MathF.CopySign(a < 0.55f ? near : far, x);
        }
        """, ExponentialSource.ReducedExpm1, ExponentialSource.PowerOfTwo);

    public static SourceFunction ApproximateGelu { get; } = new("""
        /// <summary>½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))).</summary>
        private static float ApproximateGelu(float x) => x * (1f + Tanh((x + x * x * x * 0.044715f) * 0.797884561f)) * 0.5f;
        """, Tanh);
}
