using System.Text.Json;

namespace DeepLearning;

/// <summary>Reads JSON token by token, and reports where a token was not the expected one.</summary>
internal static class JsonText
{
    /// <summary>Moves to the next token, which must be of this kind.</summary>
    /// <exception cref="FormatException">It is of another kind.</exception>
    public static void Next(ref Utf8JsonReader json, JsonTokenType expected, string place)
    {
        json.Read();
        if (json.TokenType != expected) throw new FormatException($"Expected {expected} for {place}, got {json.TokenType}.");
    }

    /// <summary>Moves to the next name of an object, or past its end.</summary>
    /// <returns>The name, or null at the end.</returns>
    public static string? Property(ref Utf8JsonReader json, string place)
    {
        json.Read();
        return json.TokenType switch
        {
            JsonTokenType.EndObject => null,
            JsonTokenType.PropertyName => json.GetString(),
            _ => throw new FormatException($"Expected a name in {place}, got {json.TokenType}."),
        };
    }

    /// <summary>Reads an array of whole numbers.</summary>
    public static long[] Numbers(ref Utf8JsonReader json, string place)
    {
        var numbers = new List<long>();
        Next(ref json, JsonTokenType.StartArray, place);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out long number) || number < 0)
                throw new FormatException($"Expected whole numbers from 0 to 2⁶³ − 1 for {place}, got {json.TokenType}.");
            numbers.Add(number);
        }

        return [.. numbers];
    }

    /// <summary>Reads an array of texts.</summary>
    public static List<string> Texts(ref Utf8JsonReader json, string place)
    {
        var texts = new List<string>();
        Next(ref json, JsonTokenType.StartArray, place);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            texts.Add(json.TokenType == JsonTokenType.String ? json.GetString()! : throw new FormatException($"Expected texts for {place}, got {json.TokenType}."));
        return texts;
    }

    /// <summary>Whether an exception is about the text; InvalidOperationException means invalid UTF-8.</summary>
    public static bool IsAboutText(Exception e) => e is JsonException or InvalidOperationException or FormatException;
}
