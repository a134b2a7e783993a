using System.Text;
using System.Text.Json;

namespace DeepLearning.Onnx;

/// <summary>Class names in an ONNX file: a JSON array of strings under one metadata key, as in the library's own files.</summary>
internal static class ClassNamesMetadata
{
    public const string Key = "class_names";

    public static string Write(IReadOnlyList<string> names)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (string name in names) json.WriteStringValue(name);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <exception cref="ModelFormatException">The text is not a JSON array of strings.</exception>
    public static IReadOnlyList<string> Read(string text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind == JsonValueKind.Array && json.RootElement.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String))
                return [.. json.RootElement.EnumerateArray().Select(e => e.GetString()!)];
        }
        // A text with an unpaired surrogate is JSON, but not a string.
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw new ModelFormatException($"the metadata {Key} is not a JSON array of strings: {broken.Message}", broken);
        }

        throw new ModelFormatException($"the metadata {Key} is not a JSON array of strings");
    }
}
