using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DeepLearning;

/// <summary>A model without its weights, as files keep it: <c>{"input": [28, 28], "seed": 42, "layers": [{"kind": "Relu"}, …]}</c>.</summary>
internal sealed record ModelArchitecture(Shape Input, ulong Seed, IReadOnlyList<Layer> Layers)
{
    /// <summary>The text for a file.</summary>
    /// <exception cref="InvalidOperationException">A layer is of no kind that files may name.</exception>
    public static string Write(Sequential model, LayerKinds kinds)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteStartArray("input");
        foreach (int dimension in model.InputShape) json.WriteNumberValue(dimension);
        json.WriteEndArray();
        json.WriteNumber("seed", model.Seed);
        json.WriteStartArray("layers");
        foreach (LayerSlot slot in model.Slots)
        {
            LayerKind kind = kinds.Of(slot.Layer)
                ?? throw new InvalidOperationException(
                    $"{slot} has no name in files: give Save and Load LayerKinds.BuiltIn.With(\"{slot.Layer.Kind}\", write, read).");
            var settings = new Settings();
            kind.Write(slot.Layer, settings);
            json.WriteStartObject();
            json.WriteString("kind", kind.Name);
            if (!settings.IsEmpty)
            {
                json.WritePropertyName("settings");
                settings.WriteTo(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads the text of a file.</summary>
    /// <exception cref="ModelFormatException">It is not what <see cref="Write"/> makes, or names a kind of layer that is not known.</exception>
    public static ModelArchitecture Read(string text, LayerKinds kinds, string file)
    {
        try
        {
            return Read(Encoding.UTF8.GetBytes(text), kinds);
        }
        catch (Exception e) when (JsonText.IsAboutText(e))
        {
            throw new ModelFormatException($"{file}: the architecture cannot be read: {e.Message}", e);
        }
    }

    private static ModelArchitecture Read(ReadOnlySpan<byte> text, LayerKinds kinds)
    {
        var json = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 8 });
        Shape? input = null;
        ulong? seed = null;
        List<Layer>? layers = null;
        JsonText.Next(ref json, JsonTokenType.StartObject, "the architecture");
        while (JsonText.Property(ref json, "the architecture") is { } name)
        {
            switch (name)
            {
                case "input" when input is null:
                    input = InputOf(JsonText.Numbers(ref json, name));
                    break;
                case "seed" when seed is null:
                    JsonText.Next(ref json, JsonTokenType.Number, name);
                    seed = json.TryGetUInt64(out ulong number) ? number : throw new FormatException("the seed is no number from 0 to 2⁶⁴ − 1");
                    break;
                case "layers" when layers is null:
                    layers = ReadLayers(ref json, kinds);
                    break;
                default:
                    throw new FormatException($"{name} is unknown or appears twice");
            }
        }

        json.Read();
        if (input is null || seed is null || layers is not { Count: > 0 }) throw new FormatException("it needs an input, a seed and layers");
        return new ModelArchitecture(input.Value, seed.Value, layers);
    }

    private static Shape InputOf(long[] dimensions)
        => dimensions.Length < Shape.MaxRank && dimensions.All(d => d is >= 1 and <= int.MaxValue) && dimensions.Aggregate(1.0, (a, b) => a * b) <= Array.MaxLength
            ? new Shape(Array.ConvertAll(dimensions, d => (int)d))
            : throw new FormatException($"no sample has the shape [{string.Join(", ", dimensions)}]");

    private static List<Layer> ReadLayers(ref Utf8JsonReader json, LayerKinds kinds)
    {
        var layers = new List<Layer>();
        JsonText.Next(ref json, JsonTokenType.StartArray, "layers");
        while (json.Read() && json.TokenType != JsonTokenType.EndArray) layers.Add(ReadLayer(ref json, kinds, $"layer {layers.Count + 1}"));
        return layers;
    }

    private static Layer ReadLayer(ref Utf8JsonReader json, LayerKinds kinds, string place)
    {
        string? kindName = null;
        Settings? settings = null;
        if (json.TokenType != JsonTokenType.StartObject) throw new FormatException($"expected {place} to be an object, got {json.TokenType}");
        while (JsonText.Property(ref json, place) is { } name)
        {
            switch (name)
            {
                case "kind" when kindName is null:
                    JsonText.Next(ref json, JsonTokenType.String, $"the kind of {place}");
                    kindName = json.GetString()!;
                    break;
                case "settings" when settings is null:
                    settings = Settings.Read(ref json);
                    break;
                default:
                    throw new FormatException($"{name} of {place} is unknown or appears twice");
            }
        }

        if (kindName is null) throw new FormatException($"{place} has no kind");
        LayerKind kind = kinds.Find(kindName)
            ?? throw new FormatException(
                $"{place} is of the unknown kind {kindName}; if it is a layer of your own, give Load LayerKinds.BuiltIn.With(\"{kindName}\", write, read)");
        return Make(kind, settings ?? new Settings(), place);
    }

    private static Layer Make(LayerKind kind, Settings settings, string place)
    {
        try
        {
            Layer layer = kind.Read(settings);
            return settings.Unread.Count == 0 ? layer : throw new FormatException($"the setting {settings.Unread.First()} is unknown");
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new FormatException($"{place} ({kind.Name}): {e.Message}", e);
        }
    }
}
