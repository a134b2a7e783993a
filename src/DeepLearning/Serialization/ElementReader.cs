using System.Buffers.Binary;
using System.Globalization;

namespace DeepLearning;

/// <summary>Reads numbers of any element type as floats, in pieces.</summary>
internal static class ElementReader
{
    /// <summary>Reads this many elements, or fewer if the stream ends.</summary>
    /// <param name="source">At the first element.</param>
    /// <param name="element">Their type.</param>
    /// <param name="count">Their number.</param>
    /// <param name="isThere">Whether this many bytes are known to exist; otherwise memory grows with the bytes read, not the claimed number.</param>
    /// <param name="buffer">Working memory, of some thousand bytes.</param>
    /// <param name="got">The number of bytes read.</param>
    /// <param name="seen">Receives each piece as read, and may change it.</param>
    /// <exception cref="FormatException">A finite double is beyond float32.</exception>
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
            if (element.Size == sizeof(double)) RequireRange(piece.Span, values.AsSpan(done, n), done);
            done += n;
        }

        return values;
    }

    /// <summary>Only doubles are checked: no 8-byte integer is infinite as a float.</summary>
    private static void RequireRange(ReadOnlySpan<byte> doubles, ReadOnlySpan<float> values, int first)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsInfinity(values[i])) continue;
            double value = BinaryPrimitives.ReadDoubleLittleEndian(doubles[(i * sizeof(double))..]);
            if (double.IsInfinity(value)) continue;
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"its element {first + i} is {value:R}, beyond float32, whose largest is {float.MaxValue:R}; scale the values before saving them"));
        }
    }
}
