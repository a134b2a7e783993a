namespace DeepLearning.SourceExport;

/// <summary>log x, log(1 + x) and what is made of them, as C#.</summary>
internal static class LogarithmSource
{
    public static SourceFunction Exponent { get; } = new("""
        /// <summary>k of x = 2ᵏ·(1 + f) with 1 + f in [√½, √2).</summary>
        private static int Exponent(float x)
            => unchecked(BitConverter.SingleToInt32Bits(x) - BitConverter.SingleToInt32Bits(0.707106769f)) >> 23;
        """);

    public static SourceFunction Fraction { get; } = new("""
        /// <summary>f of x = 2ᵏ·(1 + f).</summary>
        private static float Fraction(float x, int k)
            => BitConverter.Int32BitsToSingle(unchecked(BitConverter.SingleToInt32Bits(x) - (k << 23))) - 1f;
        """);

    public static SourceFunction ReducedLog { get; } = new("""
        /// <summary>n·ln 2 + log(1 + f), the logarithm as f + f²·q(f).</summary>
        private static float ReducedLog(float f, float n)
        {
            const float Ln2High = 0.693359375f, Ln2Low = -0.000212194442f;
            float q = MathF.FusedMultiplyAdd(0.0695066974f, f, -0.118325926f);
            q = MathF.FusedMultiplyAdd(q, f, 0.118761957f);
            q = MathF.FusedMultiplyAdd(q, f, -0.123744354f);
            q = MathF.FusedMultiplyAdd(q, f, 0.142165497f);
            q = MathF.FusedMultiplyAdd(q, f, -0.166699022f);
            q = MathF.FusedMultiplyAdd(q, f, 0.200023934f);
            q = MathF.FusedMultiplyAdd(q, f, -0.249999762f);
            q = MathF.FusedMultiplyAdd(q, f, 0.333333075f);
            q = MathF.FusedMultiplyAdd(q, f, -0.5f);
            float rest = MathF.FusedMultiplyAdd(n, Ln2Low, f * f * q);
            return MathF.FusedMultiplyAdd(n, Ln2High, f + rest);
        }
        """);

    public static SourceFunction LogLimits { get; } = new("""
        /// <summary>y, but x itself where it is infinite or NaN, −∞ at 0 and NaN below.</summary>
        private static float LogLimits(float x, float y)
            => x == 0f ? float.NegativeInfinity : x < 0f ? float.NaN : x < float.PositiveInfinity ? y : x;
        """);

    public static SourceFunction Log { get; } = new("""
        /// <summary>The natural logarithm.</summary>
        private static float Log(float x)
        {
            bool denormal = x < 1.17549435e-38f;
            float normal = denormal ? x * 16777216f : x;
            int k = Exponent(normal);
            return LogLimits(x, ReducedLog(Fraction(normal, k), k - (denormal ? 24f : 0f)));
        }
        """, LogLimits, ReducedLog, Fraction, Exponent);

    public static SourceFunction Log1p { get; } = new("""
        /// <summary>log(1 + x), accurate near 0.</summary>
        private static float Log1p(float x)
        {
            float u = 1f + x;
            int k = Exponent(u);
            // 1 + f = (1 + x)·2⁻ᵏ from x itself, so that what 1 + x rounds off is kept; for large x nothing is lost.
            float scale = BitConverter.Int32BitsToSingle(unchecked(BitConverter.SingleToInt32Bits(1f) - (k << 23)));
            float f = u < 1e9f ? MathF.FusedMultiplyAdd(x, scale, scale - 1f) : Fraction(u, k);
            return x == 0f ? x : LogLimits(u, ReducedLog(f, k));
        }
        """, LogLimits, ReducedLog, Fraction, Exponent);

    public static SourceFunction Softplus { get; } = new("""
        /// <summary>log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|).</summary>
        private static float Softplus(float x) => MathF.Max(x, 0f) + Log1p(Exp(-MathF.Abs(x)));
        """, Log1p, ExponentialSource.Exp);

    public static SourceFunction Mish { get; } = new("""
        /// <summary>x·tanh(log(1 + eˣ)).</summary>
        private static float Mish(float x) => x * Tanh(Softplus(x));
        """, Softplus, TanhSource.Tanh);
}
