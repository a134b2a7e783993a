using System.Text;

namespace DeepLearning.Data;

/// <summary>Recognises, from its first bytes, a file loaded by mistake for a text table.</summary>
internal static class ForeignTable
{
    /// <summary>What a file that begins like this looks like, for a sentence "it looks like …", or null.</summary>
    public static string? Describe(ReadOnlySpan<byte> start) => start switch
    {
        [(byte)'P', (byte)'K', 3 or 5 or 7, ..] => "a zip archive, as Excel writes with the ending .xlsx; save the table as CSV first",
        [0xD0, 0xCF, 0x11, 0xE0, ..] => "a workbook of old Excel (.xls); save the table as CSV first",
        [0x1F, 0x8B, ..] => "a gzip stream; decompress it first",
        [(byte)'B', (byte)'Z', (byte)'h', _, 0x31, 0x41, 0x59, ..] => "a bzip2 stream; decompress it first",
        [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => "an xz stream; decompress it first",
        [0x28, 0xB5, 0x2F, 0xFD, ..] => "a zstd stream; decompress it first",
        [(byte)'7', (byte)'z', 0xBC, 0xAF, ..] => "a 7z archive; unpack it first",
        [(byte)'P', (byte)'A', (byte)'R', (byte)'1', < 0x20 and not (9 or 10 or 13), ..] => "a Parquet file; write it as CSV first",
        [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..] => "a NumPy array; read it with NumPy.Load",
        [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => "an HDF5 file; write the table as CSV first",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "a PNG image; read it with PngFile.Read",
        _ when start.StartsWith("%PDF-"u8) => "a PDF document",
        _ when start.StartsWith("SQLite format 3\0"u8) => "an SQLite database; export the table as CSV first",
        _ => DescribeText(start.TrimStart(" \t\r\n"u8)),
    };

    /// <summary>What text of single bytes with NUL among them looks like.</summary>
    public static string? DescribeNul(ReadOnlySpan<byte> start)
    {
        if (!start.Contains((byte)0)) return null;
        return start switch
        {
            [not 0, 0, not 0, 0, ..] => "UTF-16 without a byte-order mark; set CsvOptions.Encoding = Encoding.Unicode",
            [0, not 0, 0, not 0, ..] => "UTF-16 without a byte-order mark; set CsvOptions.Encoding = Encoding.BigEndianUnicode",
            _ => "a binary file, since it has NUL bytes",
        };
    }

    private static string? DescribeText(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("version https://git-lfs"u8)) return "a Git LFS pointer; run git lfs pull to get the file itself";
        if (text.StartsWith("<?xml"u8)) return "an XML document; save the table as CSV first";
        if (IsJson(text)) return "a JSON document; write its records as CSV first";
        return Begins(text, "<!doctype html"u8) || Begins(text, "<html"u8) ? "an HTML page, perhaps an error or a login page of the server it came from" : null;
    }

    /// <summary>An object with a name, or an array of objects, arrays, texts or numbers; a bracket alone may begin a name, as in [m].</summary>
    private static bool IsJson(ReadOnlySpan<byte> text) => text switch
    {
        [(byte)'{', .. var rest] => rest.TrimStart(" \t\r\n"u8) is [(byte)'"' or (byte)'}', ..],
        [(byte)'[', .. var rest] => rest.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[' or (byte)'"' or (>= (byte)'0' and <= (byte)'9'), ..],
        _ => false,
    };

    private static bool Begins(ReadOnlySpan<byte> text, ReadOnlySpan<byte> mark)
        => text.Length >= mark.Length && Ascii.EqualsIgnoreCase(text[..mark.Length], mark);
}
