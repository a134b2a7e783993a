using StbImageSharp;

namespace DeepLearning.Data;

/// <summary>
/// PNG images as tensors. The claimed size, every chunk's checksum, and that the rows match the size are checked before anything is decoded (by StbImageSharp).
/// </summary>
public static class PngFile
{
    /// <summary>Reads an image as numbers 0 … 255; 16-bit images are reduced to 8 bits.</summary>
    /// <param name="path">The file.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue, 4 with opacity; other images are converted.</param>
    /// <param name="mostPixels">An image that claims more is refused before any memory is allocated; 2²⁶ by default.</param>
    /// <param name="mostBytes">
    /// An image whose numbers take more memory as float32, or whose rows unpack to more, is refused. Null, the default: 200 times the size of the file or 64
    /// MiB, whichever is more, and at most 4 GiB.
    /// </param>
    /// <returns>[height, width] for one channel, else [height, width, channels].</returns>
    /// <exception cref="DataFormatException">The file is not a PNG, is cut off or damaged, or claims to be too large.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It is a folder, or cannot be read.</exception>
    public static Tensor Read(string path, int channels = 1, long mostPixels = 1 << 26, long? mostBytes = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostPixels, 1);
        if (mostBytes is { } most) ArgumentOutOfRangeException.ThrowIfNegative(most, nameof(mostBytes));
        ColorComponents components = channels switch
        {
            1 => ColorComponents.Grey,
            3 => ColorComponents.RedGreenBlue,
            4 => ColorComponents.RedGreenBlueAlpha,
            _ => throw new ArgumentOutOfRangeException(nameof(channels), channels, $"An image has 1, 3 or 4 channels, got {channels}."),
        };
        byte[] file;
        bool hasPalette;
        using (FileStream stream = ReadableFile.Open(path, seekable: true))
        {
            (byte[] head, PngHeader header) = PngChunks.ReadHead(stream, path);
            RequireSize(header, path, mostPixels);
            long bytes = Math.Max(header.Width * header.Height * channels * sizeof(float), header.UnpackedBytes);
            if (UnpackingLimit.Refusal(bytes, stream.Length, mostBytes) is { } refusal) throw new DataFormatException($"{path} {refusal}");
            file = PngChunks.ReadRest(stream, head, header, path);
            hasPalette = header.HasPalette;
        }

        ImageResult image;
        try
        {
            // The decoder uses black for an index without a colour.
            if (hasPalette) RequireColors(file, path);
            image = ImageResult.FromMemory(file, components);
        }
        catch (Exception e) when (e is InvalidOperationException or IndexOutOfRangeException or OverflowException or ArgumentException)
        {
            throw new DataFormatException($"{path}: the image cannot be decoded: {e.Message}", e);
        }

        Tensor pixels = Tensor.Zeros(channels == 1 ? [image.Height, image.Width] : [image.Height, image.Width, channels]);
        Span<float> values = pixels.AsSpan();
        for (int i = 0; i < values.Length; i++) values[i] = image.Data[i];
        return pixels;
    }

    private static void RequireColors(byte[] file, string path)
    {
        if (PngChunks.Indexed(file, out int colors) is not { } indexed) throw new DataFormatException($"{path}: its palette is missing.");
        ImageResult indices = ImageResult.FromMemory(indexed, ColorComponents.RedGreenBlue);
        for (int i = 0; i < indices.Width * indices.Height; i++)
        {
            if (indices.Data[3 * i] < colors) continue;
            throw new DataFormatException(
                $"{path}: the pixel in row {i / indices.Width}, column {i % indices.Width} has the colour {indices.Data[3 * i]} of a palette "
                + $"of {colors}, which begins at 0.");
        }
    }

    private static void RequireSize(PngHeader header, string path, long mostPixels)
    {
        if (header.Width > mostPixels / header.Height)
            throw new DataFormatException($"{path} claims to be {header.Width} × {header.Height} pixels; at most {mostPixels} are read.");
    }
}
