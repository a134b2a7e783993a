using System.Buffers.Binary;

namespace DeepLearning.Data;

/// <summary>A PNG file's description of its image, and the number of bytes in the rows of such an image. Source: ISO/IEC 15948, 11.2.2 and 8.2.</summary>
internal readonly record struct PngHeader(long Width, long Height, int BitsPerPixel, bool IsInterlaced, bool HasPalette)
{
    /// <summary>Bytes of the chunk's data.</summary>
    public const int Length = 13;

    /// <summary>First column and row of each pass, and the steps to the next ones.</summary>
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>The unpacked size of all rows, each with its filter byte: every image of this size has exactly as much.</summary>
    public long UnpackedBytes
    {
        get
        {
            if (!IsInterlaced) return BytesOf(Width, Height);
            long bytes = 0;
            foreach ((int x, int y, int stepX, int stepY) in Passes) bytes += BytesOf((Width - x + stepX - 1) / stepX, (Height - y + stepY - 1) / stepY);
            return bytes;
        }
    }

    /// <summary>Reads the data of the chunk.</summary>
    /// <exception cref="DataFormatException">There is no such image.</exception>
    public static PngHeader Read(ReadOnlySpan<byte> data, string path)
    {
        (uint width, uint height) = (BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[4..]));
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
            throw new DataFormatException($"{path} claims to be {width} × {height} pixels; expected from 1 to {int.MaxValue} in both directions.");
        (int depth, int color) = (data[8], data[9]);
        int samples = (color, depth) switch
        {
            (0, 1 or 2 or 4 or 8 or 16) or (3, 1 or 2 or 4 or 8) => 1,
            (4, 8 or 16) => 2,
            (2, 8 or 16) => 3,
            (6, 8 or 16) => 4,
            _ => throw new DataFormatException($"{path}: there is no colour type {color} of {depth} bits."),
        };
        if (data[10] != 0 || data[11] != 0 || data[12] > 1)
            throw new DataFormatException($"{path}: expected compression 0, filter 0 and interlacing 0 or 1, got {data[10]}, {data[11]} and {data[12]}.");
        return new PngHeader(width, height, samples * depth, data[12] == 1, color == 3);
    }

    private long BytesOf(long width, long height) => width <= 0 || height <= 0 ? 0 : height * (1 + (((width * BitsPerPixel) + 7) / 8));
}
