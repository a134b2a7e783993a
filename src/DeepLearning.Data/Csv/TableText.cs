using System.Globalization;
using System.Text;

namespace DeepLearning.Data;

/// <summary>The characters of a file, strictly decoded: bytes that are not text in its encoding are never replaced, since two names could become one.</summary>
internal sealed class TableText
{
    private readonly Stream file;
    private readonly Encoding encoding;
    private readonly bool isMarked;

    private TableText(Stream file, Encoding encoding, bool isMarked, string path)
    {
        this.isMarked = isMarked;
        this.file = file;
        this.encoding = encoding;
        Path = path;
    }

    public string Path { get; }

    /// <summary>Reads a file of a person's.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads a stream that can seek.</param>
    /// <exception cref="FileNotFoundException">There is no such file, or it is a folder.</exception>
    public static TResult Read<TResult>(string path, Func<Stream, TResult> read)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path)) throw new FileNotFoundException($"{path} is a folder; expected the file with the table.", path);
        using FileStream file = ReadableFile.Open(path);
        if (file.CanSeek) return read(file);
        using var copy = new MemoryStream(); // The first rows of a table are read twice, which a pipe does not allow.
        file.CopyTo(copy);
        copy.Position = 0;
        return read(copy);
    }

    /// <summary>Reads the characters of a file; bytes that are not text are an exception with their place.</summary>
    public static TResult Decode<TResult>(Stream file, Encoding? asked, string path, Func<TableText, TResult> read)
    {
        TableText text = Open(file, asked, path);
        try
        {
            return read(text);
        }
        catch (DecoderFallbackException)
        {
            throw text.Undecodable();
        }
    }

    /// <param name="file">Can seek, since the first rows are read again.</param>
    /// <param name="asked">Null for UTF-8.</param>
    /// <param name="path">For messages.</param>
    public static TableText Open(Stream file, Encoding? asked, string path)
    {
        var bytes = new byte[512];
        ReadOnlySpan<byte> start = bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        Encoding? marked = Marked(start);
        Encoding encoding = marked ?? Strict(asked ?? Encoding.UTF8);
        string? foreign = ForeignTable.Describe(start) ?? (encoding is UTF8Encoding || encoding.IsSingleByte ? ForeignTable.DescribeNul(start) : null);
        if (foreign is not null) throw new DataFormatException($"{path} is not a text table; it looks like {foreign}.");
        return new TableText(file, encoding, marked is not null, path);
    }

    /// <summary>The text from its beginning, after a byte-order mark. Reading throws <see cref="DecoderFallbackException"/> if bytes are not text.</summary>
    public TextReader FromStart()
    {
        file.Position = 0;
        return new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16, leaveOpen: true);
    }

    /// <summary>The position of the first bytes that are not text, found byte by byte, since the decoder does not report it.</summary>
    public DataFormatException Undecodable()
    {
        Decoder decoder = encoding.GetDecoder();
        long offset = 0, undecoded = 0;
        int line = 1, read;
        char before = '\0';
        var chars = new char[16];
        var bytes = new byte[1 << 16];
        file.Position = 0;
        try
        {
            while ((read = file.Read(bytes)) > 0)
            {
                for (int i = 0; i < read; i++)
                {
                    int count = decoder.GetChars(bytes, i, 1, chars, 0, flush: false);
                    offset++;
                    if (count > 0) undecoded = offset;
                    foreach (char c in chars.AsSpan(0, count))
                    {
                        if (c == '\r' || (c == '\n' && before != '\r')) line++;
                        before = c;
                    }
                }
            }

            decoder.GetChars(bytes, 0, 0, chars, 0, flush: true);
        }
        catch (DecoderFallbackException e)
        {
            string culprit = string.Join(" ", (e.BytesUnknown ?? []).Select(b => "0x" + b.ToString("X2", CultureInfo.InvariantCulture)));
            return new DataFormatException($"{Path}, line {line}, byte offset {undecoded}: expected text in {encoding.WebName}, got {culprit}. "
                + Advice());
        }

        return new DataFormatException($"{Path} is not text in {encoding.WebName}. {Advice()}");
    }

    private string Advice() => isMarked
        ? "The byte-order mark at its start specifies that encoding: the file is damaged, truncated, or two files joined. Save it again in one encoding."
        : "Set CsvOptions.Encoding to the file's encoding, for example Encoding.Latin1.";

    private static Encoding? Marked(ReadOnlySpan<byte> start) => start switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Strict(Encoding.UTF8),
        [0xFF, 0xFE, 0, 0, ..] => Strict(Encoding.UTF32),
        [0, 0, 0xFE, 0xFF, ..] => Strict(new UTF32Encoding(bigEndian: true, byteOrderMark: true)),
        [0xFF, 0xFE, ..] => Strict(Encoding.Unicode),
        [0xFE, 0xFF, ..] => Strict(Encoding.BigEndianUnicode),
        _ => null,
    };

    private static Encoding Strict(Encoding encoding)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return strict;
    }
}
