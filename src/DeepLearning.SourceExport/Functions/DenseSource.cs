namespace DeepLearning.SourceExport;

/// <summary>The matrix product as C#. Vectors are read and written through spans, whose bounds the runtime checks.</summary>
internal static class DenseSource
{
    /// <summary>Units from which vectors can be used.</summary>
    public const int VectorSize = 8;

    public static SourceFunction MultiplyAdd { get; } = new("""
        /// <summary>x·y + z, rounded once.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<float> MultiplyAdd(Vector256<float> x, Vector256<float> y, Vector256<float> z)
            => Fma.IsSupported
                ? Fma.MultiplyAdd(x, y, z)
                : Vector256.Create(
                    AdvSimd.FusedMultiplyAdd(z.GetLower(), x.GetLower(), y.GetLower()),
                    AdvSimd.FusedMultiplyAdd(z.GetUpper(), x.GetUpper(), y.GetUpper()));
        """);

    public static SourceFunction Vectors { get; } = new("""
        /// <summary>Values as whole vectors of 8; what is left over is left out.</summary>
        private static ReadOnlySpan<Vector256<float>> Vectors(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, Vector256<float>>(values);

        private static Span<Vector256<float>> Vectors(Span<float> values) => MemoryMarshal.Cast<float, Vector256<float>>(values);
        """);

    public static SourceFunction AddFour { get; } = new("""
        /// <summary>y += x[0]·w[0], then x[1]·w[1], x[2]·w[2], x[3]·w[3] with the rows of w: 8 units at a time, the rest one by one.</summary>
        private static void AddFour(ReadOnlySpan<float> x, ReadOnlySpan<float> w, Span<float> y)
        {
            int units = y.Length;
            ReadOnlySpan<float> w0 = w[..units], w1 = w.Slice(units, units), w2 = w.Slice(2 * units, units), w3 = w.Slice(3 * units, units);
            Vector256<float> x0 = Vector256.Create(x[0]), x1 = Vector256.Create(x[1]), x2 = Vector256.Create(x[2]), x3 = Vector256.Create(x[3]);
            Span<Vector256<float>> sums = Vectors(y);
            ReadOnlySpan<Vector256<float>> v0 = Vectors(w0)[..sums.Length], v1 = Vectors(w1)[..sums.Length];
            ReadOnlySpan<Vector256<float>> v2 = Vectors(w2)[..sums.Length], v3 = Vectors(w3)[..sums.Length];
            for (int j = 0; j < sums.Length; j++)
                sums[j] = MultiplyAdd(x3, v3[j], MultiplyAdd(x2, v2[j], MultiplyAdd(x1, v1[j], MultiplyAdd(x0, v0[j], sums[j]))));

            for (int j = sums.Length * Vector256<float>.Count; j < units; j++)
            {
                float sum = MathF.FusedMultiplyAdd(x[1], w1[j], MathF.FusedMultiplyAdd(x[0], w0[j], y[j]));
                y[j] = MathF.FusedMultiplyAdd(x[3], w3[j], MathF.FusedMultiplyAdd(x[2], w2[j], sum));
            }
        }
        """, MultiplyAdd, Vectors);

    public static SourceFunction AddOne { get; } = new("""
        /// <summary>y += x·w with one row w.</summary>
        private static void AddOne(float x, ReadOnlySpan<float> w, Span<float> y)
        {
            Vector256<float> factor = Vector256.Create(x);
            Span<Vector256<float>> sums = Vectors(y);
            ReadOnlySpan<Vector256<float>> v = Vectors(w)[..sums.Length];
            for (int j = 0; j < sums.Length; j++) sums[j] = MultiplyAdd(factor, v[j], sums[j]);
            for (int j = sums.Length * Vector256<float>.Count; j < y.Length; j++) y[j] = MathF.FusedMultiplyAdd(x, w[j], y[j]);
        }
        """, MultiplyAdd, Vectors);

    public static SourceFunction DenseScalar { get; } = new("""
        /// <summary>y = x·kernel + bias for each row of x, kernel [inputs, units]: fused multiply-adds in the order of the inputs, then the bias.</summary>
        private static void DenseScalar(ReadOnlySpan<float> x, ReadOnlySpan<float> kernel, ReadOnlySpan<float> bias, int units, Span<float> y)
        {
            int inputs = kernel.Length / units;
            for (; !x.IsEmpty; x = x[inputs..], y = y[units..])
            {
                for (int j = 0; j < units; j++)
                {
                    float sum = 0f;
                    for (int i = 0; i < inputs; i++) sum = MathF.FusedMultiplyAdd(x[i], kernel[i * units + j], sum);
                    y[j] = bias.IsEmpty ? sum : sum + bias[j];
                }
            }
        }
        """);

    public static SourceFunction Dense { get; } = new("""
        /// <summary>
        /// y = x·kernel + bias for each row of x, with kernel [inputs, units]: fused multiply-adds in the order of the inputs, then the bias. Eight units are
        /// computed at a time, which changes no bit: no unit knows of another.
        /// </summary>
        private static void Dense(ReadOnlySpan<float> x, ReadOnlySpan<float> kernel, ReadOnlySpan<float> bias, int units, Span<float> y)
        {
            if (!Fma.IsSupported && !AdvSimd.IsSupported)
            {
                DenseScalar(x, kernel, bias, units, y);
                return;
            }

            int inputs = kernel.Length / units;
            for (; !x.IsEmpty; x = x[inputs..], y = y[units..])
            {
                Span<float> sums = y[..units];
                sums.Clear();
                int i = 0;
                for (; i <= inputs - 4; i += 4) AddFour(x.Slice(i, 4), kernel.Slice(i * units, 4 * units), sums);
                for (; i < inputs; i++) AddOne(x[i], kernel.Slice(i * units, units), sums);
                if (!bias.IsEmpty) AddOne(1f, bias, sums);
            }
        }
        """, AddFour, AddOne, MultiplyAdd, Vectors, DenseScalar);

    /// <summary>The step of the layer.</summary>
    public static SourceStep Step(PlacedLayer place, Dense layer)
    {
        SourceValues kernel = place.ValuesOf("kernel");
        SourceValues[] bias = layer.UseBias ? [place.ValuesOf("bias")] : [];
        string[] arguments = [kernel.Name, layer.UseBias ? bias[0].Name : "[]", SourceNumbers.Literal(layer.Units)];
        SourceStep step = layer.Units < VectorSize
            ? SourceStep.Into(DenseScalar, nameof(DenseScalar), arguments)
            : SourceStep.Into(Dense, nameof(Dense), arguments);
        return step.With([kernel, .. bias]);
    }
}
