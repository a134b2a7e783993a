using DeepLearning.Onnx.Schema;
using Google.Protobuf;

namespace DeepLearning.Onnx;

/// <summary>Reads a model: the bytes, the graph in them, the layers in the graph, and the weights into a model built from the layers.</summary>
internal static class ModelImport
{
    /// <summary>Messages of the format are nested about ten deep if no graph contains a subgraph.</summary>
    private const int DeepestNesting = 32;

    /// <param name="source">The bytes.</param>
    /// <param name="path">The path of the model, beside which weight files may be; null if there is none.</param>
    /// <param name="options">Limits.</param>
    /// <param name="isSingle">Whether the graph must have one input and one output.</param>
    public static Model Read(Stream source, string? path, OnnxImportOptions options, bool isSingle)
    {
        (ModelProto proto, long length) = Parse(source, options.MaximumBytes);
        var budget = new ByteBudget(options, length);
        OnnxGraph graph = GraphReader.Read(proto, new ConstantReader(path, budget), isSingle);
        Model model = LayerReader.Read(graph, new ImportedLayers(budget, new LayerNaming(graph, proto.ProducerName == ModelExport.Producer)));
        foreach (StringStringEntryProto entry in proto.MetadataProps.Where(p => p.Key == ClassNamesMetadata.Key)) SetClassNames(model, entry.Value);
        return model;
    }

    private static (ModelProto Model, long Length) Parse(Stream source, long maximumBytes)
    {
        long start = source.CanSeek ? source.Position : 0;
        if (source.CanSeek && source.Length - start > maximumBytes)
            throw new ModelFormatException($"it has {source.Length - start:N0} bytes, and at most {maximumBytes:N0} are read");
        try
        {
            CodedInputStream input = CodedInputStream.CreateWithLimits(source, (int)Math.Min(maximumBytes, int.MaxValue), DeepestNesting);
            ModelProto proto = ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(input);
            // The parser silently stops at the end of a group that never began.
            return input.IsAtEnd && proto.Graph is not null ? (proto, input.Position) : throw NoModel(source, start, "there is no graph");
        }
        catch (InvalidProtocolBufferException broken)
        {
            throw NoModel(source, start, broken.Message);
        }
    }

    private static ModelFormatException NoModel(Stream source, long start, string why)
        => new(ForeignKind(source, start) is { } kind
            ? $"it is not an ONNX model but looks like {kind}"
            : $"it is not an ONNX model, or is cut off or damaged: {why}");

    private static string? ForeignKind(Stream source, long start)
    {
        if (!source.CanSeek) return null;
        var bytes = new byte[ForeignFile.Start];
        source.Position = start;
        string? kind = ForeignFile.Describe(bytes.AsSpan(0, source.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)));
        return kind is "an ONNX model" ? null : kind;
    }

    private static void SetClassNames(Model model, string text)
    {
        try
        {
            model.ClassNames = ClassNamesMetadata.Read(text);
        }
        catch (Exception wrong) when (wrong is ArgumentException or InvalidOperationException)
        {
            throw new ModelFormatException($"the metadata {ClassNamesMetadata.Key} does not fit the model: {wrong.Message}", wrong);
        }
    }
}
