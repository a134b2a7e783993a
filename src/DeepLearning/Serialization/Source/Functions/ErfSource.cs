namespace DeepLearning;

/// <summary>The error function and what is made of it, as C#.</summary>
internal static class ErfSource
{
    public static SourceFunction Erf { get; } = new("""
        /// <summary>The error function: x + x·p(x²) near 0, else ±(1 − e^(−t − t·q(t))) with t = |x|.</summary>
        private static float Erf(float x)
        {
            float t = MathF.Min(4f, MathF.Abs(x)), z = t * t;
            float p = MathF.FusedMultiplyAdd(7.99529444e-05f, z, -0.000804954558f);
            p = MathF.FusedMultiplyAdd(p, z, 0.00519239344f);
            p = MathF.FusedMultiplyAdd(p, z, -0.0268557295f);
            p = MathF.FusedMultiplyAdd(p, z, 0.112836257f);
            p = MathF.FusedMultiplyAdd(p, z, -0.376126289f);
            p = MathF.FusedMultiplyAdd(p, z, 0.128379166f);
            float q = MathF.FusedMultiplyAdd(1.15282455e-05f, t, -0.000325762579f);
            q = MathF.FusedMultiplyAdd(q, t, 0.00365447788f);
            q = MathF.FusedMultiplyAdd(q, t, -0.0237875059f);
            q = MathF.FusedMultiplyAdd(q, t, 0.106266469f);
            q = MathF.FusedMultiplyAdd(q, t, 0.635133386f);
            q = MathF.FusedMultiplyAdd(q, t, 0.128652915f);
            float e = ReducedExpm1(-MathF.FusedMultiplyAdd(t, q, t), out float n), scale = PowerOfTwo(n);
            float near = MathF.FusedMultiplyAdd(t, p, t), far = 1f - MathF.FusedMultiplyAdd(e, scale, scale);
            return MathF.CopySign(t > 475f / 512f ? far : near, x);
        }
        """, ExponentialSource.ReducedExpm1, ExponentialSource.PowerOfTwo);

    public static SourceFunction Gelu { get; } = new("""
        /// <summary>x·½·(1 + erf(x/√2)).</summary>
        private static float Gelu(float x) => x * ((1f + Erf(x * 0.707106781f)) * 0.5f);
        """, Erf);
}
