using System.Text.Json;

namespace DeepLearning;

/// <summary>Reads the text of <see cref="ModelArchitecture"/> into nodes. Whatever is unknown, missing or contradictory is a
/// <see cref="FormatException"/>.</summary>
internal sealed class ArchitectureReader
{
    /// <summary>A regularizer that combines others has settings within settings.</summary>
    private const int MostDepth = 64;

    private readonly LayerKinds kinds;
    private readonly Dictionary<string, Node> byName = [];
    private readonly Dictionary<string, (LayerUse Use, int Calls)> uses = [];
    private readonly List<Node> inputs = [];
    private List<LayerText>? layers;
    private List<string>? outputs;
    private Shape? plainInput;
    private bool hasInputs;
    private ulong? seed;

    private ArchitectureReader(LayerKinds kinds) => this.kinds = kinds;

    /// <summary>The inputs, the outputs and the seed of a model.</summary>
    public static (Node[] Inputs, Node[] Outputs, ulong Seed) Read(ReadOnlySpan<byte> text, LayerKinds kinds)
    {
        var reader = new ArchitectureReader(kinds);
        reader.Parse(text);
        Node[] outputs = reader.plainInput is { } input ? [reader.Chain(input)] : reader.Graph();
        return ([.. reader.inputs], outputs, reader.seed!.Value);
    }

    private void Parse(ReadOnlySpan<byte> text)
    {
        var json = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MostDepth });
        JsonText.Next(ref json, JsonTokenType.StartObject, "the architecture");
        while (JsonText.Property(ref json, "the architecture") is { } name)
        {
            switch (name)
            {
                case "input" when plainInput is null:
                    plainInput = ShapeOf(JsonText.Numbers(ref json, name));
                    break;
                case "inputs" when !hasInputs:
                    hasInputs = true;
                    ReadInputs(ref json);
                    break;
                case "seed" when seed is null:
                    JsonText.Next(ref json, JsonTokenType.Number, name);
                    seed = json.TryGetUInt64(out ulong number) ? number : throw new FormatException("the seed is not a number from 0 to 2⁶⁴ − 1");
                    break;
                case "layers" when layers is null:
                    layers = ReadLayers(ref json);
                    break;
                case "outputs" when outputs is null:
                    outputs = JsonText.Texts(ref json, name);
                    break;
                default:
                    throw new FormatException($"{name} is unknown or appears twice");
            }
        }

        json.Read();
        bool isPlain = plainInput is not null, isGraph = inputs.Count > 0 && outputs is { Count: > 0 };
        if (isPlain == isGraph || (isPlain && (outputs is not null || inputs.Count > 0)) || seed is null || layers is not { Count: > 0 })
            throw new FormatException("it needs an input, a seed and layers, or inputs, outputs, a seed and layers");
    }

    /// <summary>Layers one after another.</summary>
    private Node Chain(Shape input)
    {
        var node = new Node(input);
        inputs.Add(node);
        for (int i = 0; i < layers!.Count; i++)
        {
            if (layers[i] is not { Kind: not null, Name: null, From: null, Frozen: null }) throw new FormatException($"layer {i + 1} of a chain has a kind and no name of its own");
            node = new Node(new LayerUse(Make(layers[i], $"layer {i + 1}")), [node]);
        }

        return node;
    }

    private Node[] Graph()
    {
        for (int i = 0; i < layers!.Count; i++)
        {
            LayerText layer = layers[i];
            string place = $"layer {i + 1}";
            if (layer.From is not { Count: > 0 }) throw new FormatException($"{place} takes nothing");
            Node[] sources = [.. layer.From.Select(name => byName.GetValueOrDefault(name) ?? throw new FormatException($"{place} takes {name}, which no layer before it makes"))];
            if (layer.Call is { } called) AddCall(called, sources, place);
            else if (layer is { Kind: not null, Name: { } own })
            {
                var use = new LayerUse(Make(layer, place)) { Name = Checked(own), Frozen = layer.Frozen };
                Add(own, new Node(use, sources));
                uses.Add(own, (use, 1));
            }
            else throw new FormatException($"{place} has no name or no kind");
        }

        Node[] made = [.. outputs!.Select(name => byName.GetValueOrDefault(name) ?? throw new FormatException($"the output {name} is made by no layer"))];
        HashSet<Node> used = [.. NodeOrder.Of(made)];
        string? idle = byName.FirstOrDefault(n => !used.Contains(n.Value)).Key;
        return idle is null ? made : throw new FormatException($"no output needs {idle}");
    }

    private void AddCall(string layer, Node[] sources, string place)
    {
        if (!uses.TryGetValue(layer, out (LayerUse Use, int Calls) shared)) throw new FormatException($"{place} calls {layer}, which is no layer before it");
        uses[layer] = (shared.Use, shared.Calls + 1);
        Add($"{layer}#{shared.Calls + 1}", new Node(shared.Use, sources));
    }

    private void Add(string name, Node node)
    {
        if (!byName.TryAdd(name, node)) throw new FormatException($"the name {name} appears twice");
    }

    private static string Checked(string name)
    {
        try
        {
            NodeNames.Require(name);
            return name;
        }
        catch (ArgumentException wrong)
        {
            throw new FormatException(wrong.Message, wrong);
        }
    }

    private void ReadInputs(ref Utf8JsonReader json)
    {
        JsonText.Next(ref json, JsonTokenType.StartArray, "inputs");
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            string place = $"input {inputs.Count + 1}";
            if (json.TokenType != JsonTokenType.StartObject) throw new FormatException($"expected {place} to be an object, got {json.TokenType}");
            (string? named, Shape? shape, bool? integers) = (null, null, null);
            while (JsonText.Property(ref json, place) is { } name)
            {
                switch (name)
                {
                    case "name" when named is null:
                        JsonText.Next(ref json, JsonTokenType.String, $"the name of {place}");
                        named = Checked(json.GetString()!);
                        break;
                    case "shape" when shape is null:
                        shape = ShapeOf(JsonText.Numbers(ref json, $"the shape of {place}"));
                        break;
                    case "integers" when integers is null:
                        json.Read();
                        integers = json.TokenType is JsonTokenType.True or JsonTokenType.False
                            ? json.GetBoolean()
                            : throw new FormatException($"expected true or false for {name} of {place}, got {json.TokenType}");
                        break;
                    default:
                        throw new FormatException($"{name} of {place} is unknown or appears twice");
                }
            }

            if (named is null || shape is null) throw new FormatException($"{place} needs a name and a shape");
            Node node = new Node(shape.Value, isInteger: integers ?? false).WithName(named);
            inputs.Add(node);
            Add(named, node);
        }
    }

    private static Shape ShapeOf(long[] dimensions)
        => dimensions.Length < Shape.MaxRank && dimensions.All(d => d is >= 1 and <= int.MaxValue) && dimensions.Aggregate(1.0, (a, b) => a * b) <= Array.MaxLength
            ? new Shape(Array.ConvertAll(dimensions, d => (int)d))
            : throw new FormatException($"no sample has the shape [{string.Join(", ", dimensions)}]");

    private static List<LayerText> ReadLayers(ref Utf8JsonReader json)
    {
        var layers = new List<LayerText>();
        JsonText.Next(ref json, JsonTokenType.StartArray, "layers");
        while (json.Read() && json.TokenType != JsonTokenType.EndArray) layers.Add(LayerText.Read(ref json, $"layer {layers.Count + 1}"));
        return layers;
    }

    private Layer Make(LayerText text, string place)
    {
        LayerKind kind = kinds.Find(text.Kind!)
            ?? throw new FormatException(
                $"{place} is of the unknown kind {text.Kind}; if it is a custom layer, give Load LayerKinds.BuiltIn.With(\"{text.Kind}\", write, read)");
        Settings settings = text.Settings ?? new Settings();
        settings.Kinds = kinds.Parts;
        try
        {
            Layer layer = kind.Read(settings) ?? throw new FormatException("its kind reads null, no layer");
            settings.RequireAllRead();
            return layer;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new FormatException($"{place} ({kind.Name}): {e.Message}", e);
        }
    }
}
