namespace DeepLearning;

/// <summary>Reads numbers of any element type as floats, in pieces.</summary>
internal static class ElementReader
{
    /// <summary>Reads so many elements, or fewer where the stream ends.</summary>
    /// <param name="source">At the first element.</param>
    /// <param name="element">Their type.</param>
    /// <param name="count">How many.</param>
    /// <param name="isThere">Whether so many bytes are known to be there; otherwise memory follows the bytes that came, never the claim.</param>
    /// <param name="buffer">Working memory, of some thousand bytes.</param>
    /// <param name="got">The bytes that were there.</param>
    /// <param name="seen">Sees each piece as it came, and may change it.</param>
    public static float[] Read(
        Stream source, SafetensorsElement element, int count, bool isThere, byte[] buffer, out long got, Action<Memory<byte>>? seen = null)
    {
        int most = buffer.Length / element.Size;
        var values = new float[isThere ? count : Math.Min(count, most)];
        got = 0;
        for (int done = 0; done < count;)
        {
            int n = Math.Min(most, count - done), bytes = n * element.Size;
            int here = source.ReadAtLeast(buffer.AsSpan(0, bytes), bytes, throwOnEndOfStream: false);
            got += here;
            if (here < bytes) break;
            if (done + n > values.Length) Array.Resize(ref values, (int)Math.Min(count, Math.Max(2L * values.Length, done + n)));
            Memory<byte> piece = buffer.AsMemory(0, bytes);
            seen?.Invoke(piece);
            element.Convert(piece, values.AsMemory(done, n));
            done += n;
        }

        return values;
    }
}
