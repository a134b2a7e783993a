using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DeepLearning;

/// <summary>
/// The header of a safetensors file: a JSON object of <c>"name": {"dtype", "shape", "data_offsets"}</c> and of <c>__metadata__</c>, texts by name.
/// Strict: no field may be unknown, missing or duplicated, and the tensors must fill the data without gaps. Source: the format's description in
/// huggingface/safetensors.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>The metadata that holds the file's own SHA-256.</summary>
    public const string Checksum = "checksum";

    /// <summary>The name of the texts in the header.</summary>
    public const string Metadata = "__metadata__";

    /// <summary>The metadata that records that the file has a checksum: otherwise a flipped bit in the checksum's name would disable checking.</summary>
    public const string Mark = "deeplearning";

    private const string MarkText = "sha256", Algorithm = "sha256:";
    private const int Digits = 64;

    /// <summary>The marks of this library's files; the first files had only those of a model and a checkpoint.</summary>
    private static readonly (string Name, string? Text)[] Marks =
        [(Mark, MarkText), (ModelFile.Format, ModelFile.FormatName), (CheckpointFile.VersionName, null)];

    private readonly List<SafetensorsEntry> entries = [];
    private readonly Dictionary<string, string> metadata = [];

    private SafetensorsHeader() { }

    /// <summary>The tensors in the order of their data.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries => entries;

    /// <summary>Texts by name, without this library's checksum and its mark.</summary>
    public IReadOnlyDictionary<string, string> Texts => metadata;

    /// <summary>Whether the file claims to be written by this library.</summary>
    public bool IsOurs { get; private set; }

    /// <summary>The position of this library's checksum in the header; negative if there is none.</summary>
    public int ChecksumAt { get; private set; } = -1;

    /// <summary>Bytes of data after the header.</summary>
    public long DataLength => entries.Count == 0 ? 0 : entries[^1].End;

    /// <summary>The position of the digits, to be filled with zeros or the checksum.</summary>
    public static Span<byte> ChecksumOf(Span<byte> header, int at) => header.Slice(at, Digits);

    /// <summary>The eight bytes of the length and the header itself, padded to a multiple of eight, with zeros for the checksum.</summary>
    /// <returns>The bytes, and the position of the checksum's digits.</returns>
    public static (byte[] Bytes, int ChecksumAt) Compose(
        IReadOnlyList<(string Name, Shape Shape, ReadOnlyMemory<float> Values)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        RequireUnicode(tensors, metadata);
        var buffer = new ArrayBufferWriter<byte>();
        BinaryPrimitives.WriteInt64LittleEndian(buffer.GetSpan(sizeof(long)), 0);
        buffer.Advance(sizeof(long));
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteStartObject(Metadata);
        foreach ((string name, string text) in metadata) json.WriteString(name, text);
        json.WriteString(Mark, MarkText);
        json.WriteString(Checksum, Algorithm + new string('0', Digits));
        int checksumAt = checked((int)(sizeof(long) + json.BytesCommitted + json.BytesPending)) - 1 - Digits;
        json.WriteEndObject();
        long offset = 0;
        var names = new HashSet<string> { Metadata };
        foreach ((string name, Shape shape, ReadOnlyMemory<float> values) in tensors)
        {
            if (values.Length != shape.Size) throw new ShapeMismatchException($"Tensor {name} of shape {shape} got {values.Length} values.", nameof(tensors));
            if (!names.Add(name)) throw new ArgumentException($"A safetensors file cannot hold two tensors named {name}.", nameof(tensors));
            json.WriteStartObject(name);
            json.WriteString("dtype", "F32");
            json.WriteStartArray("shape");
            foreach (int dimension in shape) json.WriteNumberValue(dimension);
            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(offset);
            json.WriteNumberValue(offset += (long)values.Length * sizeof(float));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        int padding = (sizeof(long) - buffer.WrittenCount % sizeof(long)) % sizeof(long);
        buffer.Write("       "u8[..padding]);
        byte[] bytes = buffer.WrittenSpan.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(bytes, bytes.Length - sizeof(long));
        return (bytes, checksumAt);
    }

    /// <summary>Reads a header.</summary>
    /// <param name="bytes">The JSON, with trailing spaces.</param>
    /// <param name="file">For messages.</param>
    /// <exception cref="ModelFormatException">It violates the format.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> bytes, string file)
    {
        try
        {
            var header = new SafetensorsHeader();
            header.Parse(bytes);
            header.RequireNoGaps();
            header.FindMarks();
            return header;
        }
        catch (Exception e) when (JsonText.IsAboutText(e))
        {
            string what = e is FormatException ? "" : "the header is not valid JSON: ";
            throw new ModelFormatException($"{file}: {what}{e.Message}", e);
        }
    }

    private static void RequireUnicode(
        IReadOnlyList<(string Name, Shape Shape, ReadOnlyMemory<float> Values)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        foreach ((string name, _, _) in tensors) UnicodeText.Require(name, "The name of a tensor,", nameof(tensors));
        foreach ((string name, string text) in metadata)
        {
            UnicodeText.Require(name, "The name of a text of the metadata,", nameof(metadata));
            UnicodeText.Require(text, $"The text {name} of the metadata,", nameof(metadata));
        }
    }

    private void Parse(ReadOnlySpan<byte> bytes)
    {
        var json = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 8 });
        var names = new HashSet<string>();
        JsonText.Next(ref json, JsonTokenType.StartObject, "the header");
        while (JsonText.Property(ref json, "the header") is { } name)
        {
            if (!names.Add(name)) throw new FormatException($"The name {name} appears twice in the header.");
            if (name == Metadata) ParseMetadata(ref json);
            else entries.Add(ParseEntry(ref json, name));
        }

        json.Read();
    }

    private void ParseMetadata(ref Utf8JsonReader json)
    {
        JsonText.Next(ref json, JsonTokenType.StartObject, Metadata);
        while (JsonText.Property(ref json, Metadata) is { } name)
        {
            JsonText.Next(ref json, JsonTokenType.String, $"{Metadata}.{name}");
            string text = json.GetString()!;
            if (!metadata.TryAdd(name, text)) throw new FormatException($"The name {name} appears twice in {Metadata}.");
            if (name != Checksum || !text.StartsWith(Algorithm, StringComparison.Ordinal) || text.Length != Algorithm.Length + Digits) continue;
            if (!json.ValueIsEscaped) ChecksumAt = checked((int)json.TokenStartIndex) + 1 + Algorithm.Length;
        }
    }

    /// <summary>
    /// Other tools may write similar checksums for other purposes: it is this library's if there is a mark. A flipped bit damages the marks or the checksum,
    /// never both: with a checksum, a mark with one wrong character counts too.
    /// </summary>
    private void FindMarks()
    {
        int differences = metadata
            .Select(t => Marks.Min(m => Differences(t.Key, m.Name) + Differences(t.Value, m.Text ?? t.Value))).DefaultIfEmpty(int.MaxValue).Min();
        IsOurs = differences == 0;
        if (differences > 1) ChecksumAt = -1;
        if (ChecksumAt >= 0) metadata.Remove(Checksum);
        if (metadata.GetValueOrDefault(Mark) == MarkText) metadata.Remove(Mark);
    }

    /// <summary>The number of characters in which two texts differ; more than any mark has if their lengths differ.</summary>
    private static int Differences(string a, string b) => a.Length == b.Length ? a.Zip(b).Count(pair => pair.First != pair.Second) : ushort.MaxValue;

    private static SafetensorsEntry ParseEntry(ref Utf8JsonReader json, string name)
    {
        string? type = null;
        long[]? shape = null, offsets = null;
        JsonText.Next(ref json, JsonTokenType.StartObject, $"tensor {name}");
        while (JsonText.Property(ref json, $"tensor {name}") is { } field)
        {
            string place = $"{field} of tensor {name}";
            if ((field == "dtype" && type is not null) || (field == "shape" && shape is not null) || (field == "data_offsets" && offsets is not null))
                throw new FormatException($"The header has {place} twice.");
            switch (field)
            {
                case "dtype":
                    JsonText.Next(ref json, JsonTokenType.String, place);
                    type = json.GetString();
                    break;
                case "shape":
                    shape = JsonText.Numbers(ref json, place);
                    break;
                case "data_offsets":
                    offsets = JsonText.Numbers(ref json, place);
                    break;
                default:
                    throw new FormatException($"Tensor {name} has an unknown field {field}; expected dtype, shape and data_offsets.");
            }
        }

        if (type is null || shape is null || offsets is not [long begin, long end])
            throw new FormatException($"Tensor {name} needs a dtype, a shape and two data_offsets.");
        SafetensorsElement element = SafetensorsElement.Find(type)
            ?? throw new FormatException($"Tensor {name} has elements of type {type}; expected one of {SafetensorsElement.Names}. "
                + "Save the file without it, or with tensor.float() instead.");
        Shape dimensions = ShapeOf(shape, name);
        if (begin < 0 || end - begin != (long)dimensions.Size * element.Size)
        {
            throw new FormatException(
                $"Tensor {name} of {type} {dimensions} takes {(long)dimensions.Size * element.Size} bytes, but its data_offsets are {begin} and {end}.");
        }

        return new SafetensorsEntry(name, element, dimensions, begin, end);
    }

    private static Shape ShapeOf(long[] shape, string name)
    {
        try
        {
            return new Shape(Array.ConvertAll(shape, d => checked((int)d)));
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            throw new FormatException($"Tensor {name} has shape [{string.Join(", ", shape)}], which no tensor can have.", e);
        }
    }

    private void RequireNoGaps()
    {
        entries.Sort(static (a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        long end = 0;
        foreach (SafetensorsEntry entry in entries)
        {
            if (entry.Begin != end)
            {
                throw new FormatException(
                    $"Tensor {entry.Name} begins at {entry.Begin}, but the data before it ends at {end}: offsets must leave no gap and must not overlap.");
            }

            end = entry.End;
        }
    }
}
