using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DeepLearning;

/// <summary>
/// A model without its values, as files keep it. A chain whose layers have the names that the library gives them, version 1 of the format:
/// <c>{"input": [28, 28], "seed": 42, "layers": [{"kind": "Relu"}, …]}</c>. Every other graph, version 2, has <c>"inputs": [{"name": "pixels", "shape": [28, 28]}]</c>,
/// <c>"outputs": ["softmax"]</c>, and of each layer its <c>name</c> where it takes its values <c>from</c>, and which parameters are <c>frozen</c>; a further call of a shared layer has in place of
/// its kind the layer that it calls: <c>{"call": "dense", "from": ["right"]}</c>.
/// </summary>
internal static class ModelArchitecture
{
    /// <summary>Whether a model is a chain that needs no names: older versions of the library read its file.</summary>
    public static bool IsPlain(Model model)
        => model.Graph.IsChain && !model.Graph.Inputs[0].IsInteger && new GivenNames(model.Graph).AreNone
            && Array.TrueForAll(model.Graph.Slots, s => FrozenOf(s) is null);

    /// <summary>The text for a file.</summary>
    /// <exception cref="InvalidOperationException">The kind of a layer is not among the known kinds.</exception>
    public static string Write(Model model, LayerKinds kinds)
    {
        bool isPlain = IsPlain(model);
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        if (isPlain) WriteShape(json, "input", model.InputShape);
        else WriteInputs(json, model);
        json.WriteNumber("seed", model.Seed);
        json.WriteStartArray("layers");
        foreach (LayerSlot slot in model.Slots)
        {
            json.WriteStartObject();
            if (slot.Call > 0) json.WriteString("call", slot.LayerName);
            else WriteLayer(json, slot, kinds, isPlain);
            if (!isPlain) WriteTexts(json, "from", slot.Sources.Select(model.Graph.NameOf));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (!isPlain) WriteTexts(json, "outputs", model.Outputs.Select(o => o.Name));
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads the text of a file.</summary>
    /// <exception cref="ModelFormatException">It is not what <see cref="Write"/> makes, or names an unknown kind of layer.</exception>
    public static (Node[] Inputs, Node[] Outputs, ulong Seed) Read(string text, LayerKinds kinds, string file)
    {
        try
        {
            return ArchitectureReader.Read(Encoding.UTF8.GetBytes(text), kinds);
        }
        catch (Exception e) when (JsonText.IsAboutText(e))
        {
            throw new ModelFormatException($"{file}: the architecture cannot be read: {e.Message}", e);
        }
    }

    private static void WriteLayer(Utf8JsonWriter json, LayerSlot slot, LayerKinds kinds, bool isPlain)
    {
        LayerKind kind = kinds.Of(slot.Layer)
            ?? throw new InvalidOperationException(
                $"{slot} has no name in files: give Save and Load LayerKinds.BuiltIn.With(\"{slot.Layer.Kind}\", write, read).");
        Settings settings = kinds.Written(kind, slot.Layer);
        if (!isPlain) json.WriteString("name", slot.Name);
        json.WriteString("kind", kind.Name);
        if (FrozenOf(slot) is { } frozen) WriteTexts(json, "frozen", frozen);
        if (settings.IsEmpty) return;
        json.WritePropertyName("settings");
        settings.WriteTo(json);
    }

    /// <summary>The parameters that are not trained, where that is not as the layer declares; else null.</summary>
    private static string[]? FrozenOf(LayerSlot slot)
        => slot.Call > 0 || Array.TrueForAll(slot.Parameters, p => p.Parameter.Trainable == p.DeclaredTrainable)
            ? null
            : [.. slot.Parameters.Where(p => !p.Parameter.Trainable).Select(p => p.LocalName)];

    private static void WriteInputs(Utf8JsonWriter json, Model model)
    {
        json.WriteStartArray("inputs");
        foreach (ModelInput input in model.Inputs)
        {
            json.WriteStartObject();
            json.WriteString("name", input.Name);
            WriteShape(json, "shape", input.Shape);
            if (input.IsInteger) json.WriteBoolean("integers", true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteShape(Utf8JsonWriter json, string name, Shape shape)
    {
        json.WriteStartArray(name);
        foreach (int dimension in shape) json.WriteNumberValue(dimension);
        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
