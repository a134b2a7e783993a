using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace DeepLearning;

/// <summary>One NumPy array: a mark, the version, the length of the header, the header, then the elements.</summary>
internal static class NpyFile
{
    private const int LargestHeader = 1 << 20, Chunk = 1 << 16, Alignment = 64;

    public static ReadOnlySpan<byte> Mark => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads an array to the end of its stream.</summary>
    /// <param name="source">At the first byte.</param>
    /// <param name="file">For messages.</param>
    /// <param name="admit">Called with the number of bytes the array will take, in the file or as float32, before any is read.</param>
    public static Tensor Read(Stream source, string file, Action<long>? admit = null)
    {
        try
        {
            (NpyHeader header, SafetensorsElement element, bool isBigEndian, int headerLength) = ReadStart(source);
            Shape shape = ShapeOf(header.Shape);
            long bytes = (long)shape.Size * element.Size;
            admit?.Invoke(((long)shape.Size * Math.Max(element.Size, sizeof(float))) + headerLength);
            bool isThere = source.CanSeek && source.Length - source.Position >= bytes;
            Action<Memory<byte>>? turn = isBigEndian ? piece => Reverse(piece.Span, element.Size) : null;
            float[] values = ElementReader.Read(source, element, shape.Size, isThere, new byte[Chunk], out long got, turn);
            if (got < bytes) throw new FormatException($"it is cut off: {header.Type} {shape} takes {bytes} bytes, got {got}");
            if (source.ReadByte() >= 0) throw new FormatException($"it continues after the {bytes} bytes of {header.Type} {shape}");
            return header.FortranOrder && shape.Rank > 1 ? FromFortran(values, shape) : new Tensor(shape, values);
        }
        catch (FormatException e)
        {
            throw new ModelFormatException($"{file} cannot be read as a NumPy array: {e.Message}.", e);
        }
    }

    /// <summary>Reads up to the first element: what the elements are, and where they begin.</summary>
    /// <param name="source">At the first byte.</param>
    /// <exception cref="FormatException">It is not the start of an array.</exception>
    public static (NpyHeader Header, SafetensorsElement Element, bool IsBigEndian, int Start) ReadStart(Stream source)
    {
        (NpyHeader header, int length) = ReadHeader(source);
        (SafetensorsElement element, bool isBigEndian) = ElementOf(header.Type);
        return (header, element, isBigEndian, length);
    }

    /// <summary>Turns the bytes of each element round.</summary>
    public static void Reverse(Span<byte> bytes, int size)
    {
        for (int i = 0; i < bytes.Length; i += size) bytes.Slice(i, size).Reverse();
    }

    /// <summary>Writes an array of float32, version 1.0, whose elements begin at a multiple of 64 as NumPy's do.</summary>
    public static void Write(Stream target, Tensor array)
    {
        string text = NpyHeader.Of(array.Shape);
        int start = Mark.Length + 4, total = (start + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        var header = new byte[total];
        Mark.CopyTo(header);
        header[Mark.Length] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(start - 2), checked((ushort)(total - start)));
        Encoding.ASCII.GetBytes(text.PadRight(total - start - 1) + '\n').CopyTo(header, start);
        target.Write(header);
        var buffer = new float[Chunk / sizeof(float)];
        ReadOnlySpan<float> values = array.AsReadOnlySpan();
        for (int done = 0; done < values.Length; done += buffer.Length)
        {
            Span<float> piece = buffer.AsSpan(0, Math.Min(buffer.Length, values.Length - done));
            values.Slice(done, piece.Length).CopyTo(piece);
            if (!BitConverter.IsLittleEndian) SafetensorsElement.Reverse(piece);
            target.Write(MemoryMarshal.AsBytes(piece));
        }
    }

    private static (NpyHeader Header, int Length) ReadHeader(Stream source)
    {
        var start = new byte[ForeignFile.Start];
        int got = source.ReadAtLeast(start.AsSpan(0, Mark.Length + 2), Mark.Length + 2, throwOnEndOfStream: false);
        if (!start.AsSpan().StartsWith(Mark) || got < Mark.Length + 2)
        {
            got += source.ReadAtLeast(start.AsSpan(got), start.Length - got, throwOnEndOfStream: false);
            bool isArchive = start is [(byte)'P', (byte)'K', ..];
            string kind = isArchive ? "a zip archive; read .npz files with LoadArchive" : ForeignFile.Describe(start.AsSpan(0, got)) ?? "something else";
            throw new FormatException($"it looks like {kind}");
        }

        byte version = start[Mark.Length];
        if (version is < 1 or > 3) throw new FormatException($"it has format version {version}, expected 1 to 3");
        int width = version == 1 ? sizeof(ushort) : sizeof(uint);
        Span<byte> size = start.AsSpan(0, width);
        if (source.ReadAtLeast(size, width, throwOnEndOfStream: false) < width) throw new FormatException("it is cut off in its header");
        uint length = width == sizeof(ushort) ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > LargestHeader) throw new FormatException($"it claims a header of {length} bytes, the most is {LargestHeader}");
        var text = new byte[length];
        if (source.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) < text.Length) throw new FormatException("it is cut off in its header");
        return (NpyHeader.Parse((version == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(text)), Mark.Length + 2 + width + text.Length);
    }

    /// <summary>NumPy's spelling: byte order, kind, bytes; for example &lt;f4.</summary>
    private static (SafetensorsElement Element, bool IsBigEndian) ElementOf(string type)
    {
        string name = type.TrimStart('<', '>', '=', '|');
        string? known = name switch
        {
            "b1" => "BOOL",
            "f2" or "f4" or "f8" or "i1" or "i2" or "i4" or "i8" or "u1" or "u2" or "u4" or "u8"
                => char.ToUpperInvariant(name[0]) + (8 * (name[1] - '0')).ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
        if (known is null || type.Length > name.Length + 1)
        {
            string pickled = name.StartsWith('O') ? ", Python objects, which would run code" : "";
            throw new NotNumericException($"its elements are of type {type}{pickled}; expected b1, i1 to i8, u1 to u8, f2, f4 or f8");
        }

        return (SafetensorsElement.Find(known)!, type[0] == '>' || (type[0] == '=' && !BitConverter.IsLittleEndian));
    }

    private static Shape ShapeOf(IReadOnlyList<long> dimensions)
    {
        try
        {
            return new Shape([.. dimensions.Select(d => checked((int)d))]);
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            throw new FormatException($"no tensor can have the shape ({string.Join(", ", dimensions)})", e);
        }
    }

    /// <summary>Column-major order is row-major order with the axes reversed.</summary>
    private static Tensor FromFortran(float[] values, Shape shape)
    {
        int[] turned = shape.Dimensions.ToArray(), axes = [.. Enumerable.Range(0, shape.Rank).Reverse()];
        Array.Reverse(turned);
        return new Tensor(new Shape(turned), values).Transpose(axes);
    }
}
