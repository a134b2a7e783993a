namespace DeepLearning;

/// <summary>The matrix product and the scaling of columns, as C#. Vectors are read and written through spans, whose bounds the runtime checks.</summary>
internal static class DenseSource
{
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

    public static SourceFunction Columns32 { get; } = new("""
        /// <summary>y[j] = Σᵢ x[i]·kernel[i, j] for 32 units.</summary>
        private static void Columns32(ReadOnlySpan<float> x, ReadOnlySpan<float> kernel, int units, Span<float> y)
        {
            Vector256<float> a = default, b = default, c = default, d = default;
            for (int i = 0; i < x.Length; i++)
            {
                ReadOnlySpan<float> w = kernel.Slice(i * units, 32);
                Vector256<float> value = Vector256.Create(x[i]);
                a = MultiplyAdd(value, Vector256.Create(w), a);
                b = MultiplyAdd(value, Vector256.Create(w[8..]), b);
                c = MultiplyAdd(value, Vector256.Create(w[16..]), c);
                d = MultiplyAdd(value, Vector256.Create(w[24..]), d);
            }

            a.CopyTo(y);
            b.CopyTo(y[8..]);
            c.CopyTo(y[16..]);
            d.CopyTo(y[24..]);
        }
        """, MultiplyAdd);

    public static SourceFunction Columns8 { get; } = new("""
        /// <summary>The same for 8 units.</summary>
        private static void Columns8(ReadOnlySpan<float> x, ReadOnlySpan<float> kernel, int units, Span<float> y)
        {
            Vector256<float> sum = default;
            for (int i = 0; i < x.Length; i++)
                sum = MultiplyAdd(Vector256.Create(x[i]), Vector256.Create(kernel.Slice(i * units, 8)), sum);
            sum.CopyTo(y);
        }
        """, MultiplyAdd);

    public static SourceFunction Columns1 { get; } = new("""
        /// <summary>The same for one unit.</summary>
        private static float Columns1(ReadOnlySpan<float> x, ReadOnlySpan<float> kernel, int units)
        {
            float sum = 0f;
            for (int i = 0; i < x.Length; i++) sum = MathF.FusedMultiplyAdd(x[i], kernel[i * units], sum);
            return sum;
        }
        """);

    public static SourceFunction Dense { get; } = new("""
        /// <summary>
        /// y = x·kernel + bias for each row of x; kernel is [inputs, units]. Every y is one chain of fused multiply-adds in the order of the inputs, and then
        /// the bias: its bits are the same however many units are computed at a time.
        /// </summary>
        private static void Dense(ReadOnlySpan<float> x, ReadOnlySpan<float> kernel, ReadOnlySpan<float> bias, int units, Span<float> y)
        {
            int inputs = kernel.Length / units;
            bool vectors = units >= 8 && (Fma.IsSupported || AdvSimd.IsSupported);
            for (; !x.IsEmpty; x = x[inputs..], y = y[units..])
            {
                ReadOnlySpan<float> row = x[..inputs];
                int j = 0;
                for (; vectors && j <= units - 32; j += 32) Columns32(row, kernel[j..], units, y[j..]);
                for (; vectors && j <= units - 8; j += 8) Columns8(row, kernel[j..], units, y[j..]);
                // The last 8 units again where fewer than 8 are left.
                if (vectors && j < units) Columns8(row, kernel[(units - 8)..], units, y[(units - 8)..]);
                else for (; j < units; j++) y[j] = Columns1(row, kernel[j..], units);
                for (int k = 0; k < bias.Length; k++) y[k] += bias[k];
            }
        }
        """, Columns32, Columns8, Columns1, MultiplyAdd);

    public static SourceFunction Normalize { get; } = new("""
        /// <summary>(x − offset) / scale in each column, in double and rounded once.</summary>
        private static void Normalize(Span<float> x, ReadOnlySpan<double> offset, ReadOnlySpan<double> scale)
        {
            for (int i = 0; i < x.Length; i++) x[i] = (float)((x[i] - offset[i]) / scale[i]);
        }
        """);

    public static SourceFunction Decode { get; } = new("""
        /// <summary>Numbers from text in base 64: four bytes each, the lowest first. Runs once for each table.</summary>
        private static float[] Decode(ReadOnlySpan<byte> text)
        {
            byte[] bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
            Base64.DecodeFromUtf8(text, bytes, out _, out int length);
            float[] values = new float[length / sizeof(float)];
            for (int i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
            return values;
        }
        """);
}
