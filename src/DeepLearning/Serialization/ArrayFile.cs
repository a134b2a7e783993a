using System.Runtime.InteropServices;

namespace DeepLearning;

/// <summary>
/// An array in a file, read row by row: of any size, and any row at any time, while memory holds only the rows that are asked for. The operating system keeps
/// what is read often. Any number of threads may read.
/// </summary>
/// <remarks>Rows are read at their places in the file instead of through a memory map, whose pages would count as memory of the process.</remarks>
/// <example>
/// <code>
/// using ArrayFile x = ArrayFile.OpenNumPy("inputs.npy"), y = ArrayFile.OpenNumPy("labels.npy");
/// SampleSource train = SampleSource.ByIndex(x.Count, i => new Sample(x.Row(i), (int)y.Row(i).ToScalar())).Shuffle();
/// </code>
/// </example>
public sealed class ArrayFile : IDisposable
{
    private const int Chunk = 1 << 16;

    private readonly FileStream file;
    private readonly string path;
    private readonly SafetensorsElement element;
    private readonly bool isBigEndian;
    private readonly long start;
    private readonly int rowBytes;

    private ArrayFile(FileStream file, string path, SafetensorsElement element, bool isBigEndian, long start, long count, Shape rowShape)
    {
        (this.file, this.path, this.element, this.isBigEndian, this.start, Count, RowShape) = (file, path, element, isBigEndian, start, count, rowShape);
        rowBytes = rowShape.Size * element.Size;
    }

    /// <summary>Number of rows.</summary>
    public long Count { get; }

    /// <summary>The shape of one row.</summary>
    public Shape RowShape { get; }

    /// <summary>Opens a file as <c>numpy.save</c> writes it: numbers or Booleans of any size, in C order. Rows are converted to float32.</summary>
    /// <param name="path">A .npy file of an array with at least one dimension.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="ModelFormatException">It is no such array, or shorter or longer than its header says.</exception>
    public static ArrayFile OpenNumPy(string path)
    {
        FileStream file = ReadableFile.Open(path, seekable: true);
        try
        {
            (NpyHeader header, SafetensorsElement element, bool isBigEndian, int start) = NpyFile.ReadStart(file);
            if (header.Shape.Count == 0) throw new FormatException("it is a single number, and has no rows");
            if (header.FortranOrder && header.Shape.Count > 1)
                throw new FormatException("its rows do not lie together: save it in C order, with numpy.ascontiguousarray");
            var row = new Shape([.. header.Shape.Skip(1).Select(d => checked((int)d))]);
            long rowBytes = (long)row.Size * element.Size;
            if (rowBytes > Array.MaxLength) throw new FormatException($"a row {row} takes {rowBytes} bytes, and may take {Array.MaxLength}");
            RequireLength(file, start, header.Shape[0], rowBytes);
            return new ArrayFile(file, path, element, isBigEndian, start, header.Shape[0], row);
        }
        catch (Exception e)
        {
            file.Dispose();
            if (e is not (FormatException or OverflowException or ArgumentOutOfRangeException)) throw;
            throw new ModelFormatException($"{path} cannot be read as rows of a NumPy array: {e.Message}.", e);
        }
    }

    /// <summary>Opens a file of float32 without a header, least significant byte first, row after row.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rowShape">The shape of one row; the length of the file says how many there are.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="ModelFormatException">Its length is not a number of whole rows.</exception>
    /// <exception cref="ArgumentException">A row has no elements, or takes 2 GiB or more.</exception>
    public static ArrayFile OpenSingles(string path, Shape rowShape)
    {
        if (rowShape.Size == 0) throw new ArgumentException($"A row needs at least one element, got shape {rowShape}.", nameof(rowShape));
        long bytes = (long)rowShape.Size * sizeof(float);
        if (bytes > Array.MaxLength)
            throw new ArgumentException($"Expected rows of at most {Array.MaxLength} bytes, got shape {rowShape} of {bytes}.", nameof(rowShape));
        FileStream file = ReadableFile.Open(path, seekable: true);
        try
        {
            long length = file.Length;
            if (length % bytes == 0) return new ArrayFile(file, path, SafetensorsElement.Find("F32")!, isBigEndian: false, 0, length / bytes, rowShape);
            throw new ModelFormatException($"{path} has {length} bytes, which are not whole rows {rowShape} of float32, {bytes} bytes each.");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>A row, as a copy.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="IOException">The file cannot be read, or became shorter.</exception>
    /// <exception cref="ModelFormatException">A number is beyond float32.</exception>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public Tensor Row(long index)
    {
        if (index < 0 || index >= Count) throw new ArgumentOutOfRangeException(nameof(index), index, $"Expected rows from 0 to {Count - 1}, got {index}.");
        if (element.Size == sizeof(float) && element.Name == "F32" && isBigEndian != BitConverter.IsLittleEndian)
        {
            var values = new float[RowShape.Size];
            ReadBytes(MemoryMarshal.AsBytes(values.AsSpan()), index);
            return new Tensor(RowShape, values);
        }

        var bytes = new byte[rowBytes];
        ReadBytes(bytes, index);
        if (isBigEndian) NpyFile.Reverse(bytes, element.Size);
        try
        {
            using var source = new MemoryStream(bytes);
            var buffer = new byte[Math.Min(Chunk, Math.Max(rowBytes, element.Size))];
            return new Tensor(RowShape, ElementReader.Read(source, element, RowShape.Size, isThere: true, buffer, out _));
        }
        catch (FormatException e)
        {
            throw new ModelFormatException($"Row {index} of {path} cannot be read: {e.Message}.", e);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => file.Dispose();

    private static void RequireLength(FileStream file, long start, long count, long rowBytes)
    {
        long expected = checked(start + count * rowBytes);
        if (file.Length != expected) throw new FormatException($"{count} rows of {rowBytes} bytes behind a header of {start} are {expected} bytes, "
            + $"but the file has {file.Length}");
    }

    private void ReadBytes(Span<byte> bytes, long index)
    {
        long place = start + index * rowBytes;
        for (int done = 0; done < bytes.Length;)
        {
            int got = RandomAccess.Read(file.SafeFileHandle, bytes[done..], place + done);
            if (got == 0) throw new IOException($"{path} has become shorter: row {index} ends at byte {place + bytes.Length}, but the file before.");
            done += got;
        }
    }
}
