namespace DeepLearning.SourceExport;

/// <summary>Softmax and its logarithm, as C#: the kernels' order of 16 lanes in double, folded by halves.</summary>
internal static class SoftmaxSource
{
    public static SourceFunction Fold { get; } = new("""
        /// <summary>The sum of 16 lanes by halves: 8 and 8, 4 and 4, 2 and 2, 1 and 1.</summary>
        private static double Fold(Span<double> lanes)
        {
            for (int half = 8; half > 0; half /= 2)
                for (int i = 0; i < half; i++) lanes[i] += lanes[i + half];
            return lanes[0];
        }
        """);

    public static SourceFunction Largest { get; } = new("""
        /// <summary>The largest value; NaN if one is NaN.</summary>
        private static float Largest(ReadOnlySpan<float> x)
        {
            float max = float.NegativeInfinity;
            foreach (float value in x) max = MathF.Max(max, value);
            return max;
        }
        """);

    public static SourceFunction Softmax { get; } = new("""
        /// <summary>e^(x − max) / Σ e^(x − max) in each row, equal shares in a row of −∞. Sums are kept in double, value i in lane i mod 16.</summary>
        private static void Softmax(Span<float> rows, int length)
        {
            Span<double> lanes = stackalloc double[16];
            for (; !rows.IsEmpty; rows = rows[length..])
            {
                Span<float> row = rows[..length];
                float max = Largest(row);
                if (max == float.NegativeInfinity)
                {
                    row.Fill(1f / length);
                    continue;
                }

                lanes.Clear();
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] = Exp(row[i] - max);
                    lanes[i % 16] += row[i];
                }

                float sum = (float)Fold(lanes);
                foreach (ref float value in row) value /= sum;
            }
        }
        """, Largest, Fold, ExponentialSource.Exp);

    public static SourceFunction LogSoftmax { get; } = new("""
        /// <summary>x − max − log Σ e^(x − max) in each row, −log(length) in a row of −∞. Sums are kept in double, value i in lane i mod 16.</summary>
        private static void LogSoftmax(Span<float> rows, int length)
        {
            Span<double> lanes = stackalloc double[16];
            for (; !rows.IsEmpty; rows = rows[length..])
            {
                Span<float> row = rows[..length];
                float max = Largest(row);
                if (max == float.NegativeInfinity)
                {
                    row.Fill(-Log(length));
                    continue;
                }

                lanes.Clear();
                for (int i = 0; i < row.Length; i++) lanes[i % 16] += Exp(row[i] - max);
                // The largest value's own term is 1: what the others add to it keeps its digits.
                float log = Log1p((float)(Fold(lanes) - 1d));
                foreach (ref float value in row) value = value - max - log;
            }
        }
        """, Largest, Fold, ExponentialSource.Exp, LogarithmSource.Log, LogarithmSource.Log1p);
}
