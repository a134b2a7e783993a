using System.Text.Json;

namespace DeepLearning;

/// <summary>A layer as the text of an architecture has it: nothing is known about it yet but that each part appears once.</summary>
internal sealed record LayerText(string? Kind, Settings? Settings, string? Name, string? Call, IReadOnlyList<string>? From, IReadOnlyList<string>? Frozen)
{
    /// <summary>Reads one object, starting at its opening brace.</summary>
    public static LayerText Read(ref Utf8JsonReader json, string place)
    {
        var layer = new LayerText(null, null, null, null, null, null);
        if (json.TokenType != JsonTokenType.StartObject) throw new FormatException($"expected {place} to be an object, got {json.TokenType}");
        while (JsonText.Property(ref json, place) is { } name)
        {
            layer = name switch
            {
                "kind" when layer.Kind is null => layer with { Kind = Text(ref json, $"the kind of {place}") },
                "settings" when layer.Settings is null => layer with { Settings = Settings.Read(ref json) },
                "name" when layer.Name is null => layer with { Name = Text(ref json, $"the name of {place}") },
                "call" when layer.Call is null => layer with { Call = Text(ref json, $"the call of {place}") },
                "from" when layer.From is null => layer with { From = JsonText.Texts(ref json, $"the sources of {place}") },
                "frozen" when layer.Frozen is null => layer with { Frozen = JsonText.Texts(ref json, $"the frozen parameters of {place}") },
                _ => throw new FormatException($"{name} of {place} is unknown or appears twice"),
            };
        }

        if ((layer.Kind is null) == (layer.Call is null)) throw new FormatException($"{place} has no kind");
        return layer.Call is null || (layer.Name is null && layer.Settings is null && layer.Frozen is null)
            ? layer
            : throw new FormatException($"{place} calls {layer.Call}, and must not have a name or settings");
    }

    private static string Text(ref Utf8JsonReader json, string place)
    {
        JsonText.Next(ref json, JsonTokenType.String, place);
        return json.GetString()!;
    }
}
