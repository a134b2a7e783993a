namespace DeepLearning.SourceExport;

/// <summary>σ(x) and what is made of it, as C#.</summary>
internal static class SigmoidSource
{
    public static SourceFunction Sigmoid { get; } = new("""
        /// <summary>1 / (1 + e⁻ˣ), the quotient corrected by its exact remainder.</summary>
        private static float Sigmoid(float x)
        {
            float z = Exp(-MathF.Abs(x)), top = x < 0f ? z : 1f, bottom = 1f + z, lost = z - (bottom - 1f);
            float inverse = 1f / bottom, y = top * inverse;
            float remainder = MathF.FusedMultiplyAdd(-y, bottom, top) - y * lost;
            return MathF.FusedMultiplyAdd(remainder, inverse, y);
        }
        """, ExponentialSource.Exp);

    public static SourceFunction Silu { get; } = new("""
        /// <summary>x / (1 + e⁻ˣ).</summary>
        private static float Silu(float x) => x * Sigmoid(x);
        """, Sigmoid);
}
