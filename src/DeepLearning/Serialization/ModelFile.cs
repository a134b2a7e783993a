using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DeepLearning;

/// <summary>A model in a safetensors file: the weights by name, everything else in the metadata.</summary>
internal static class ModelFile
{
    /// <summary>The metadata that marks a file as a model of this library.</summary>
    public const string Format = "format";

    /// <summary>The text of <see cref="Format"/> in models of this library.</summary>
    public const string FormatName = "deeplearning";

    private const string Version = "format_version", Library = "library_version";
    private const string Architecture = "architecture", Classes = "class_names", Encoding = "table_encoding", Steps = "steps_trained";
    private const int NewestVersion = 2;

    /// <summary>Whether a file's metadata marks it as a model of this library.</summary>
    public static bool IsOurs(IReadOnlyDictionary<string, string> metadata) => metadata.GetValueOrDefault(Format) == FormatName;

    /// <summary>The description of the model, without its weights.</summary>
    /// <exception cref="InvalidOperationException">The kind of a layer is not among the known kinds.</exception>
    public static Dictionary<string, string> Describe(Model model, LayerKinds kinds)
    {
        var metadata = new Dictionary<string, string>
        {
            [Format] = FormatName,
            [Version] = (ModelArchitecture.IsPlain(model) ? 1 : NewestVersion).ToString(CultureInfo.InvariantCulture),
            [Library] = typeof(Model).Assembly.GetName().Version!.ToString(3),
            [Architecture] = ModelArchitecture.Write(model, kinds),
            [Steps] = model.StepsTrained.ToString(CultureInfo.InvariantCulture),
        };
        if (model.ClassNames.Count > 0) metadata[Classes] = WriteNames(model.ClassNames);
        if (model.Encoding is not null) metadata[Encoding] = model.Encoding.ToJson();
        return metadata;
    }

    /// <summary>The values, not copied; a checksum needs values that do not change, so the model is a <see cref="Model.Snapshot"/>.</summary>
    public static List<(string Name, Shape Shape, ReadOnlyMemory<float> Values)> Weights(Model snapshot)
    {
        return [.. Of(snapshot.Values.Trainable), .. Of(snapshot.Values.State)];

        static IEnumerable<(string, Shape, ReadOnlyMemory<float>)> Of(ParameterSet set)
            => set.Select(p => (p.Name, p.Shape, new ReadOnlyMemory<float>(set.Flat.Array, set.Flat.Offset + p.Offset, p.Shape.Size)));
    }

    /// <summary>Makes the model that a file describes, with its weights.</summary>
    /// <param name="content">The file.</param>
    /// <param name="kinds">The kinds of layers that it may name.</param>
    /// <exception cref="ModelFormatException">The file does not hold a model of this version, or its weights do not fit; the message lists every
    /// mismatch.</exception>
    public static Model Build(SafetensorsContent content, LayerKinds kinds)
    {
        RequireVersion(content);
        (Node[] inputs, Node[] outputs, ulong seed) = ModelArchitecture.Read(content.Text(Architecture), kinds, content.File);
        if (!ulong.TryParse(content.Text(Steps), NumberStyles.None, CultureInfo.InvariantCulture, out ulong steps))
            throw new ModelFormatException($"{content.File}: {Steps} is not a number of steps: {content.Text(Steps)}.");
        try
        {
            // Checked before the model allocates memory, since a few bytes of text may claim any amount.
            ModelAssembly assembly = ModelAssembly.Of(inputs, outputs);
            var mismatches = WeightMismatches.Of([.. assembly.Declared], content.Tensors, CheckpointFile.WeightsOf(content));
            if (mismatches.Count > 0) throw new ModelFormatException(WeightMismatches.Message(content.File, mismatches));
            Model model = ModelBuilder.Make(assembly, seed, initializes: false);
            model.StepsTrained = steps;
            foreach (Parameter parameter in model.Values.All) content.CopyTo(parameter.Name, parameter.Value.AsSpan());
            if (content.Metadata.TryGetValue(Classes, out string? names)) model.ClassNames = ReadNames(names, content.File);
            if (content.Metadata.TryGetValue(Encoding, out string? encoding)) model.Encoding = ReadEncoding(encoding, content.File);
            return model;
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw new ModelFormatException($"{content.File}: {e.Message}", e);
        }
    }

    private static void RequireVersion(SafetensorsContent content)
    {
        if (!IsOurs(content.Metadata))
        {
            if (CheckpointFile.IsOurs(content.Metadata))
            {
                throw new ModelFormatException(
                    $"{content.File} is a checkpoint of a model with custom layers, whose kinds the run did not list: build the model, then call its "
                    + "LoadWeights; for Load, give the run "
                    + $"{nameof(CheckpointOptions)}.{nameof(CheckpointOptions.LayerKinds)}, and let it reach its next checkpoint.");
            }

            string format = content.Metadata.GetValueOrDefault(Format, "not given");
            throw new ModelFormatException(
                $"{content.File} holds weights without an architecture (format {format}): build the model, then call its LoadWeights.");
        }

        string version = content.Text(Version);
        if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > NewestVersion)
        {
            string library = content.Metadata.GetValueOrDefault(Library, "unknown");
            throw new ModelFormatException(
                $"{content.File} has format version {version}, written by version {library} of the library; this one reads up to {NewestVersion}.");
        }
    }

    private static string WriteNames(IReadOnlyList<string> names)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartArray();
        foreach (string name in names) json.WriteStringValue(name);
        json.WriteEndArray();
        json.Flush();
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static TableEncoding ReadEncoding(string text, string file)
    {
        try
        {
            return TableEncoding.Read(text);
        }
        catch (Exception e) when (JsonText.IsAboutText(e))
        {
            throw new ModelFormatException($"{file}: the {Encoding} cannot be read: {e.Message}", e);
        }
    }

    private static List<string> ReadNames(string text, string file)
    {
        try
        {
            var json = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text));
            return JsonText.Texts(ref json, Classes);
        }
        catch (Exception e) when (JsonText.IsAboutText(e))
        {
            throw new ModelFormatException($"{file}: the {Classes} cannot be read: {e.Message}", e);
        }
    }
}
