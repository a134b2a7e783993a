namespace DeepLearning.SourceExport;

/// <summary>The activations that need no elementary function, as C#.</summary>
internal static class PiecewiseSource
{
    public static SourceFunction Relu { get; } = new("""
        /// <summary>max(0, x).</summary>
        private static float Relu(float x) => MathF.Max(x, 0f);
        """);

    public static SourceFunction Rescale { get; } = new("""
        /// <summary>x·scale + offset.</summary>
        private static float Rescale(float x, float scale, float offset) => x * scale + offset;
        """);

    public static SourceFunction LeakyRelu { get; } = new("""
        /// <summary>x where x is positive, else slope·x.</summary>
        private static float LeakyRelu(float x, float slope) => x > 0f ? x : x * slope;
        """);

    public static SourceFunction HardSigmoid { get; } = new("""
        /// <summary>min(max(x + 3, 0), 6) / 6.</summary>
        private static float HardSigmoid(float x) => MathF.Min(MathF.Max(x + 3f, 0f), 6f) / 6f;
        """);

    public static SourceFunction HardSwish { get; } = new("""
        /// <summary>x·min(max(x + 3, 0), 6) / 6.</summary>
        private static float HardSwish(float x) => x * (MathF.Min(MathF.Max(x + 3f, 0f), 6f) / 6f);
        """);

    public static SourceFunction Softsign { get; } = new("""
        /// <summary>x / (1 + |x|).</summary>
        private static float Softsign(float x) => x / (1f + MathF.Abs(x));
        """);
}
