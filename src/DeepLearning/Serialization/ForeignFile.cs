namespace DeepLearning;

/// <summary>Recognises files loaded by mistake from their first bytes: "a zip archive, as torch.save writes" helps, "not a model" does not.</summary>
internal static class ForeignFile
{
    /// <summary>Enough bytes for the longest mark, with some white space before it.</summary>
    public const int Start = 64;

    /// <summary>What a file that begins like this looks like, for a sentence "it looks like …", or null.</summary>
    public static string? Describe(ReadOnlySpan<byte> start) => start switch
    {
        [] => "an empty file",
        [(byte)'P', (byte)'K', 3 or 5 or 7, ..] => "a zip archive, as torch.save, numpy.savez and Keras write",
        [0x80, >= 2 and <= 5, ..] => "a Python pickle, as older versions of torch.save write",
        [0x1F, 0x8B, ..] => "a gzip stream; decompress it first",
        [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => "an HDF5 file, as Keras writes with the ending .h5",
        [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..] => "a NumPy array; read it with NumPy.Load",
        [(byte)'G', (byte)'G', (byte)'U', (byte)'F', ..] => "a GGUF file, as llama.cpp writes",
        [8, _, 0x12, ..] or [8, _, 0x3A, ..] => "an ONNX model",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "a PNG image",
        _ => DescribeText(start.TrimStart(" \t\r\n"u8)),
    };

    private static string? DescribeText(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("version https://git-lfs"u8)) return "a Git LFS pointer; run git lfs pull to get the file itself";
        if (Begins(text, "<!doctype"u8) || Begins(text, "<html"u8)) return "an HTML page, perhaps an error or a login page of the server it came from";
        if (text.StartsWith("<?xml"u8)) return "an XML document";
        return text is [(byte)'{' or (byte)'[', ..] ? "a JSON document" : null;
    }

    private static bool Begins(ReadOnlySpan<byte> text, ReadOnlySpan<byte> mark)
        => text.Length >= mark.Length && System.Text.Ascii.EqualsIgnoreCase(text[..mark.Length], mark);
}
