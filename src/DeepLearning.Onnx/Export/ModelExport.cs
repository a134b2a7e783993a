using DeepLearning.Onnx.Schema;
using Google.Protobuf;

namespace DeepLearning.Onnx;

/// <summary>Writes a model: its layers as one chain of nodes, its parameters as initializers, its class names as metadata.</summary>
internal static class ModelExport
{
    /// <summary>What runtimes have read since 2022; nothing that the layers need came later except short forms of GELU and Mish.</summary>
    private const int OperatorSet = 17, IntermediateRepresentation = 8;

    /// <summary>Protobuf ends at 2 GiB; this leaves a mebibyte for everything but the parameters.</summary>
    private const long MostParameterBytes = int.MaxValue - (1L << 20);

    public static void Write(Sequential model, Stream target, OnnxExportOptions options)
    {
        model.ThrowIfTraining();
        if (model.Parameters.ElementCount * sizeof(float) > MostParameterBytes)
            throw new NotSupportedException($"An ONNX file holds less than 2 GiB; the model has {model.Parameters.ElementCount:N0} parameters of 4 bytes.");
        var head = new ModelProto
        {
            IrVersion = IntermediateRepresentation,
            ProducerName = "DeepLearning",
            ProducerVersion = typeof(ModelExport).Assembly.GetName().Version?.ToString(3) ?? "",
        };
        if (model.ClassNames.Count > 0)
            head.MetadataProps.Add(new StringStringEntryProto { Key = ClassNamesMetadata.Key, Value = ClassNamesMetadata.Write(model.ClassNames) });
        var body = new ModelProto { Graph = GraphOf(model, options) };
        // Training may have begun while the parameters were copied.
        model.ThrowIfTraining();
        body.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OperatorSet });

        // Protobuf lets fields come in any order. The operator set is required and comes last, so that a file cut off anywhere is known as such.
        var output = new CodedOutputStream(target, leaveOpen: true);
        head.WriteTo(output);
        body.WriteTo(output);
        output.Flush();
    }

    private static GraphProto GraphOf(Sequential model, OnnxExportOptions options)
    {
        var graph = new GraphProto { Name = options.GraphName };
        graph.Input.Add(Value(options.InputName, model.InputShape, options));
        graph.Output.Add(Value(options.OutputName, model.OutputShape, options));
        string value = options.InputName;
        Shape shape = model.InputShape;
        int last = model.Layers.Count - 1;
        for (int i = 0; i <= last; i++)
        {
            Layer layer = model.Layers[i];
            string name = model.LayerNames[i];
            Shape output = layer.Build(shape, new LayerBuilder());
            var writer = new OnnxLayerWriter(graph, model.Parameters, name, value, shape, output);
            value = writer.Finish(LayerExport.Write(layer, writer, options), i == last ? options.OutputName : $"{name}_output");
            shape = output;
        }

        if (value != options.OutputName)
        {
            var end = new OnnxLayerWriter(graph, null, "end", value, shape, shape);
            end.Finish(end.Node("Identity", [value]), options.OutputName);
        }

        RequireUniqueNames(graph);
        return graph;
    }

    private static ValueInfoProto Value(string name, Shape sample, OnnxExportOptions options)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = options.BatchName });
        foreach (int dimension in sample) shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = dimension });
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }

    private static void RequireUniqueNames(GraphProto graph)
    {
        var seen = new HashSet<string>();
        foreach (string name in graph.Input.Select(v => v.Name).Concat(graph.Initializer.Select(t => t.Name)).Concat(graph.Node.SelectMany(n => n.Output)))
            if (!seen.Add(name)) throw new ArgumentException($"The graph would have two values of the name '{name}'; choose other names for input and output.");
    }
}
