namespace DeepLearning.SourceExport;

/// <summary>C# code that decodes tables of numbers.</summary>
internal static class DecodingSource
{
    public static SourceFunction DecodeBytes { get; } = new("""
        /// <summary>Bytes from text in base 64. Runs once for each table.</summary>
        private static ReadOnlySpan<byte> DecodeBytes(ReadOnlySpan<byte> text)
        {
            byte[] bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
            int length = 0;
            // Line by line, because white space slows decoding down; and the lines may have got other ends on their way.
            while (!text.IsEmpty)
            {
                int end = text.IndexOf((byte)'\n');
                ReadOnlySpan<byte> line = (end < 0 ? text : text[..end]).TrimEnd((byte)'\r');
                Base64.DecodeFromUtf8(line, bytes.AsSpan(length), out _, out int written);
                length += written;
                text = end < 0 ? default : text[(end + 1)..];
            }

            return bytes.AsSpan(0, length);
        }
        """);

    public static SourceFunction Decode { get; } = new("""
        /// <summary>Numbers from text in base 64: four bytes each, the lowest first.</summary>
        private static float[] Decode(ReadOnlySpan<byte> text)
        {
            ReadOnlySpan<byte> bytes = DecodeBytes(text);
            float[] values = new float[bytes.Length / sizeof(float)];
            for (int i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
            return values;
        }
        """, DecodeBytes);

    public static SourceFunction DecodeDoubles { get; } = new("""
        /// <summary>Numbers in double from text in base 64: eight bytes each, the lowest first.</summary>
        private static double[] DecodeDoubles(ReadOnlySpan<byte> text)
        {
            ReadOnlySpan<byte> bytes = DecodeBytes(text);
            double[] values = new double[bytes.Length / sizeof(double)];
            for (int i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(i * sizeof(double))..]);
            return values;
        }
        """, DecodeBytes);
}
