namespace DeepLearning.SourceExport;

/// <summary>eˣ, eˣ − 1 and what is made of them, as C#: the steps of the kernels' own functions, one value at a time.</summary>
internal static class ExponentialSource
{
    public static SourceFunction PowerOfTwo { get; } = new("""
        /// <summary>2ⁿ for a whole number n from −126 to 127.</summary>
        private static float PowerOfTwo(float n) => BitConverter.Int32BitsToSingle(unchecked(((int)n + 127) << 23));
        """);

    public static SourceFunction ReducedExpm1 { get; } = new("""
        /// <summary>eʳ − 1 and n, where x = n·ln 2 + r with a whole number n and |r| ≤ 0.347: r + r²·q(r).</summary>
        private static float ReducedExpm1(float x, out float n)
        {
            // Adding 1.5·2²³ rounds to a whole number. ln 2 comes in two parts, so that n times the first is exact.
            const float RoundToInteger = 12582912f, Ln2High = 0.693359375f, Ln2Low = -0.000212194442f;
            n = MathF.FusedMultiplyAdd(x, 1.44269502f, RoundToInteger) - RoundToInteger;
            float r = MathF.FusedMultiplyAdd(n, -Ln2High, x);
            r = MathF.FusedMultiplyAdd(n, -Ln2Low, r);
            float q = MathF.FusedMultiplyAdd(0.000150450956f, r, 0.00139305438f);
            q = MathF.FusedMultiplyAdd(q, r, 0.00834151078f);
            q = MathF.FusedMultiplyAdd(q, r, 0.0416665114f);
            q = MathF.FusedMultiplyAdd(q, r, 0.166666359f);
            q = MathF.FusedMultiplyAdd(q, r, 0.5f);
            return MathF.FusedMultiplyAdd(r * r, q, r);
        }
        """);

    public static SourceFunction Exp { get; } = new("""
        /// <summary>eˣ.</summary>
        private static float Exp(float x)
        {
            x = MathF.Min(89f, MathF.Max(-105f, x));
            float y = 1f + ReducedExpm1(x, out float n), half = MathF.Floor(n * 0.5f);
            // Two steps, of which the first is exact: the result may be infinite or denormal, and is rounded once.
            return n < -150f ? 0f : y * PowerOfTwo(half) * PowerOfTwo(n - half);
        }
        """, ReducedExpm1, PowerOfTwo);

    public static SourceFunction Expm1 { get; } = new("""
        /// <summary>eˣ − 1, accurate near 0.</summary>
        private static float Expm1(float x)
        {
            float p = ReducedExpm1(MathF.Min(89f, MathF.Max(-20f, x)), out float n);
            // Half the result, because 2ⁿ itself may be 2¹²⁸.
            float scale = PowerOfTwo(n - 1f), half = MathF.FusedMultiplyAdd(p, scale, scale - 0.5f);
            return MathF.Abs(x) < 1f / (1 << 25) ? x : half + half;
        }
        """, ReducedExpm1, PowerOfTwo);

    public static SourceFunction Elu { get; } = new("""
        /// <summary>x where x is positive, else α·(eˣ − 1).</summary>
        private static float Elu(float x, float alpha) => x > 0f ? x : Expm1(x) * alpha;
        """, Expm1);

    public static SourceFunction Selu { get; } = new("""
        /// <summary>λ·x where x is positive, else λ·α·(eˣ − 1); λ = 1.0507, α = 1.6733.</summary>
        private static float Selu(float x) => x > 0f ? x * 1.05070098f : Expm1(x) * 1.75809934f;
        """, Expm1);
}
