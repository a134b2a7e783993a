using DeepLearning.Onnx.Schema;
using DataType = DeepLearning.Onnx.Schema.TensorProto.Types.DataType;
using Dimension = DeepLearning.Onnx.Schema.TensorShapeProto.Types.Dimension;

namespace DeepLearning.Onnx;

/// <summary>Checks a graph before anything is built of it.</summary>
internal static class GraphReader
{
    private const long OldestOperators = 1, NewestOperators = 26, OldestFormat = 3, NewestFormat = 13;

    /// <exception cref="ModelFormatException">The graph contradicts itself, or is beyond what is read.</exception>
    public static OnnxGraph Read(ModelProto model, ConstantReader constants)
    {
        GraphProto graph = model.Graph;
        if (model.IrVersion is < OldestFormat or > NewestFormat)
            throw new ModelFormatException($"it has the IR version {model.IrVersion}; {OldestFormat} to {NewestFormat} are read");
        long operators = OperatorSetOf(model);
        HashSet<string> initialized = [.. graph.Initializer.Select(t => t.Name)];
        ValueInfoProto[] inputs = [.. graph.Input.Where(v => !initialized.Contains(v.Name))];
        if (inputs.Length != 1 || graph.Output.Count != 1)
            throw new ModelFormatException(
                $"a model here has one input and one output, but the graph has the inputs {Names(inputs)} and the outputs {Names(graph.Output)}");
        (Shape sample, long? batch) = SampleOf(inputs[0]);
        string input = inputs[0].Name, output = graph.Output[0].Name;
        NodeOrder order = NodeOrder.Of(graph, input, output);
        foreach (NodeProto node in order.Nodes) node.RequireKnown();
        Dictionary<string, OnnxConstant> known = order.Initializers.ToDictionary(t => t.Name, t => constants.Read(t, $"the initializer '{t.Name}'"));
        return new OnnxGraph(input, output, sample, batch, operators, known, order.Nodes, constants);
    }

    private static long OperatorSetOf(ModelProto model)
    {
        OperatorSetIdProto set = model.OpsetImport.FirstOrDefault(o => o.Domain is "" or "ai.onnx")
            ?? throw new ModelFormatException("it names no set of ONNX operators: it is not an ONNX model, or is cut off");
        return set.Version is >= OldestOperators and <= NewestOperators
            ? set.Version
            : throw new ModelFormatException($"it uses the operator set {set.Version}; {OldestOperators} to {NewestOperators} are read");
    }

    /// <summary>The shape of one sample, and the batch size where it is fixed.</summary>
    private static (Shape Sample, long? Batch) SampleOf(ValueInfoProto input)
    {
        string what = $"the input '{input.Name}'";
        if (input.Type?.TensorType is not { Shape: { } shape } tensor) throw new ModelFormatException($"{what} is not a tensor of known shape");
        if (tensor.ElemType != (int)DataType.Float) throw new ModelFormatException($"{what} has the element type {(DataType)tensor.ElemType}; FLOAT is read");
        if (shape.Dim.Count == 0) throw new ModelFormatException($"{what} has no dimension for the batch");
        var sample = new int[shape.Dim.Count - 1];
        for (int d = 0; d < sample.Length; d++)
        {
            Dimension dimension = shape.Dim[d + 1];
            if (dimension.DimValue is < 1 or > int.MaxValue)
                throw new ModelFormatException(
                    $"{what} has an open dimension {d + 1} ('{dimension.DimParam}', {dimension.DimValue}); only the batch may be open");
            sample[d] = (int)dimension.DimValue;
        }

        try
        {
            return (new Shape(sample), shape.Dim[0].DimValue > 0 ? shape.Dim[0].DimValue : null);
        }
        catch (Exception tooLarge) when (tooLarge is OverflowException or ArgumentOutOfRangeException)
        {
            throw new ModelFormatException($"{what}: {tooLarge.Message}", tooLarge);
        }
    }

    /// <summary>The first few: a file may have any number.</summary>
    private static string Names(IReadOnlyCollection<ValueInfoProto> values)
        => $"[{string.Join(", ", values.Take(8).Select(v => v.Name))}{(values.Count > 8 ? $", … {values.Count} in all" : "")}]";
}
