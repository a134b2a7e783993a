using DeepLearning.Onnx.Schema;
using Google.Protobuf;

namespace DeepLearning.Onnx;

/// <summary>Writes a model: its graph, and its class names as metadata.</summary>
internal static class ModelExport
{
    /// <summary>The producer's name in the file; node names in such a file are layer names.</summary>
    public const string Producer = "DeepLearning";

    /// <summary>Supported by runtimes since 2022; of what the layers need, only short forms of GELU and Mish were added later.</summary>
    private const int OperatorSet = 17, IntermediateRepresentation = 8;

    /// <summary>Protobuf is limited to 2 GiB; this leaves a mebibyte for everything except the parameters.</summary>
    private const long MostParameterBytes = int.MaxValue - (1L << 20);

    public static void Write(Model model, Stream target, OnnxExportOptions options)
    {
        long count = model.Calls.SelectMany(c => c.Parameters.Concat(c.State)).Distinct().Sum(p => (long)p.Shape.Size);
        if (count * sizeof(float) > MostParameterBytes)
            throw new NotSupportedException($"An ONNX file holds less than 2 GiB; the model has {count:N0} parameters of 4 bytes.");
        // A copy, so that all values are a consistent snapshot, even if the model is trained meanwhile.
        model = model.Clone();
        var head = new ModelProto
        {
            IrVersion = IntermediateRepresentation,
            ProducerName = Producer,
            ProducerVersion = typeof(ModelExport).Assembly.GetName().Version?.ToString(3) ?? "",
        };
        if (model.ClassNames.Count > 0)
            head.MetadataProps.Add(new StringStringEntryProto { Key = ClassNamesMetadata.Key, Value = ClassNamesMetadata.Write(model.ClassNames) });
        var body = new ModelProto { Graph = GraphExport.Of(model, options) };
        body.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OperatorSet });

        // Protobuf allows fields in any order. The operator set is required and comes last, so that a file cut off anywhere is recognised.
        var output = new CodedOutputStream(target, leaveOpen: true);
        head.WriteTo(output);
        body.WriteTo(output);
        output.Flush();
    }
}
