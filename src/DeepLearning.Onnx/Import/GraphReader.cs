using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>Checks a graph before anything is built from it.</summary>
internal static class GraphReader
{
    private const long OldestOperators = 1, NewestOperators = 26, OldestFormat = 3, NewestFormat = 13;

    /// <param name="model">The model.</param>
    /// <param name="constants">Reads the file's tensors.</param>
    /// <param name="isSingle">Whether it must have one input and one output.</param>
    /// <exception cref="ModelFormatException">The graph contradicts itself, or is not supported.</exception>
    public static OnnxGraph Read(ModelProto model, ConstantReader constants, bool isSingle)
    {
        GraphProto graph = model.Graph;
        if (model.IrVersion is < OldestFormat or > NewestFormat)
            throw new ModelFormatException($"it has the IR version {model.IrVersion}; {OldestFormat} to {NewestFormat} are read");
        long operators = OperatorSetOf(model);
        HashSet<string> initialized = [.. graph.Initializer.Select(t => t.Name)];
        ValueInfoProto[] inputs = [.. graph.Input.Where(v => !initialized.Contains(v.Name))];
        RequireInputsAndOutputs(inputs, [.. graph.Output], isSingle);
        GraphInput[] taken = Array.ConvertAll(inputs, GraphInput.Of);
        if (taken.FirstOrDefault(i => i.FixedBatch != taken[0].FixedBatch) is { } other)
            throw new ModelFormatException(
                $"the inputs '{taken[0].Name}' and '{other.Name}' have different batches, {Batch(taken[0])} and {Batch(other)}; all inputs of a model have one");
        string[] outputs = [.. graph.Output.Select(o => o.Name)];
        NodeOrder order = NodeOrder.Of(graph, taken.Select(i => i.Name), outputs);
        foreach (NodeProto node in order.Nodes) node.RequireKnown();
        Dictionary<string, OnnxConstant> known = order.Initializers.ToDictionary(t => t.Name, t => constants.Read(t, $"the initializer '{t.Name}'"));
        return new OnnxGraph(taken, outputs, operators, known, order.Nodes, constants);
    }

    private static long OperatorSetOf(ModelProto model)
    {
        OperatorSetIdProto set = model.OpsetImport.FirstOrDefault(o => o.Domain is "" or "ai.onnx")
            ?? throw new ModelFormatException("it names no set of ONNX operators: it is not an ONNX model, or is cut off");
        return set.Version is >= OldestOperators and <= NewestOperators
            ? set.Version
            : throw new ModelFormatException($"it uses the operator set {set.Version}; {OldestOperators} to {NewestOperators} are read");
    }

    private static void RequireInputsAndOutputs(ValueInfoProto[] inputs, ValueInfoProto[] outputs, bool isSingle)
    {
        string what = $"the graph has the inputs {Names(inputs)} and the outputs {Names(outputs)}";
        if (inputs.Length == 0 || outputs.Length == 0) throw new ModelFormatException($"a model has inputs and outputs, but {what}");
        if (isSingle && (inputs.Length > 1 || outputs.Length > 1))
            throw new ModelFormatException($"a Sequential has one input and one output, but {what}: read it with OnnxModel.{nameof(OnnxModel.ImportModel)}");
        RequireOnce(inputs);
        RequireOnce(outputs);
    }

    private static void RequireOnce(ValueInfoProto[] values)
    {
        HashSet<string> seen = [];
        if (values.FirstOrDefault(v => !seen.Add(v.Name)) is { } twice) throw new ModelFormatException($"the graph lists '{twice.Name}' twice: {Names(values)}");
    }

    private static string Batch(GraphInput input) => input.FixedBatch is { } size ? $"{size}" : "an open one";

    /// <summary>The first few: a file may have any number.</summary>
    private static string Names(ValueInfoProto[] values)
        => $"[{string.Join(", ", values.Take(8).Select(v => v.Name))}{(values.Length > 8 ? $", … {values.Length} in all" : "")}]";
}
