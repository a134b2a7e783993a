using StbImageSharp;

namespace DeepLearning.Data;

/// <summary>PNG images as tensors. Every chunk's checksum and the claimed size are checked before anything is decoded (by StbImageSharp).</summary>
public static class PngFile
{
    /// <summary>Reads an image as numbers 0 … 255; 16-bit images are reduced to 8 bits.</summary>
    /// <param name="path">The file.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue, 4 with opacity; other images are converted.</param>
    /// <param name="mostPixels">An image that claims more is refused, before any memory is taken for it; 2²⁶ by default.</param>
    /// <returns>[height, width] for one channel, else [height, width, channels].</returns>
    /// <exception cref="DataFormatException">The file is no PNG, is cut off or damaged, or claims to be too large.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static Tensor Read(string path, int channels = 1, long mostPixels = 1 << 26)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostPixels, 1);
        ColorComponents components = channels switch
        {
            1 => ColorComponents.Grey,
            3 => ColorComponents.RedGreenBlue,
            4 => ColorComponents.RedGreenBlueAlpha,
            _ => throw new ArgumentOutOfRangeException(nameof(channels), channels, $"An image has 1, 3 or 4 channels, got {channels}."),
        };
        byte[] file;
        using (FileStream stream = File.OpenRead(path)) file = PngChunks.ReadChecked(stream, path, mostPixels);
        ImageResult image;
        try
        {
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
}
