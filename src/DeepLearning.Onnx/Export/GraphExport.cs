using DeepLearning.Onnx.Schema;
using DataType = DeepLearning.Onnx.Schema.TensorProto.Types.DataType;

namespace DeepLearning.Onnx;

/// <summary>A model as a graph: its layers as nodes in topological order, and its parameters as initializers.</summary>
internal sealed class GraphExport
{
    private readonly Model model;
    private readonly OnnxExportOptions options;
    private readonly GraphProto graph;

    /// <summary>The name in the graph of each value of the model.</summary>
    private readonly Dictionary<string, string> values = [];

    private int copies;

    private GraphExport(Model model, OnnxExportOptions options)
    {
        (this.model, this.options) = (model, options);
        graph = new GraphProto { Name = options.GraphName };
    }

    /// <exception cref="NotSupportedException">A layer has no form in ONNX.</exception>
    /// <exception cref="ArgumentException">Two values would have the same name, or one name is given for several inputs or outputs.</exception>
    public static GraphProto Of(Model model, OnnxExportOptions options) => new GraphExport(model, options).Write();

    private GraphProto Write()
    {
        OnnxExportOptions byDefault = new();
        if (model.Inputs.Count > 1) RequireDefault(options.InputName, byDefault.InputName, "inputs", model.Inputs.Select(i => i.Name));
        if (model.Outputs.Count > 1) RequireDefault(options.OutputName, byDefault.OutputName, "outputs", model.Outputs.Select(o => o.Name));
        bool[] integers = IntegerOutputs();
        foreach (ModelInput input in model.Inputs)
        {
            values[input.Name] = model.Inputs.Count == 1 ? options.InputName : input.Name;
            graph.Input.Add(Value(values[input.Name], input.Shape, input.IsInteger));
        }

        Dictionary<string, string> outputs = [];
        for (int i = 0; i < model.Outputs.Count; i++)
        {
            ModelOutput output = model.Outputs[i];
            outputs[output.Name] = model.Outputs.Count == 1 ? options.OutputName : output.Name;
            graph.Output.Add(Value(outputs[output.Name], output.Shape, integers[i]));
        }

        foreach (LayerCall call in model.Calls)
        {
            var writer = new OnnxLayerWriter(graph, call, [.. call.Sources.Select(s => values[s])]);
            values[call.Name] = writer.Finish(LayerExport.Write(call.Layer, writer, options), outputs.GetValueOrDefault(call.Name, $"{call.Name}_output"));
        }

        foreach ((string value, string output) in outputs) End(values[value], output);
        RequireUniqueNames();
        return graph;
    }

    /// <summary>If the layer of an output does nothing, the output is a copy of the layer's input.</summary>
    private void End(string value, string output)
    {
        if (value == output) return;
        var copy = new NodeProto { Name = copies == 0 ? "end" : $"end_{copies}", OpType = "Identity" };
        copies++;
        copy.Input.Add(value);
        copy.Output.Add(output);
        graph.Node.Add(copy);
    }

    /// <summary>Which outputs are whole numbers: layers that only move values pass them on. A row of zeros reveals it.</summary>
    private bool[] IntegerOutputs()
    {
        if (!model.Inputs.Any(i => i.IsInteger)) return new bool[model.Outputs.Count];
        Tensor[] row = [.. model.Inputs.Select(i => i.IsInteger ? Tensor.FromIndices(new int[i.Shape.Size], i.Shape.Prepend(1)) : Tensor.Zeros(i.Shape.Prepend(1)))];
        return [.. model.Forward(row).Select(y => y.IsInteger)];
    }

    private ValueInfoProto Value(string name, Shape sample, bool isInteger)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = options.BatchName });
        foreach (int dimension in sample) shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = dimension });
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)(isInteger ? DataType.Int32 : DataType.Float), Shape = shape };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }

    private static void RequireDefault(string given, string otherwise, string what, IEnumerable<string> names)
    {
        if (given == otherwise) return;
        throw new ArgumentException(
            $"'{given}' would be the name of a single one, but the model has the {what} {string.Join(", ", names)}, which keep their names: set them with Named(…).");
    }

    private void RequireUniqueNames()
    {
        var seen = new HashSet<string>();
        foreach (string name in graph.Input.Select(v => v.Name).Concat(graph.Initializer.Select(t => t.Name)).Concat(graph.Node.SelectMany(n => n.Output)))
            if (!seen.Add(name)) throw new ArgumentException($"The graph would have two values with the name '{name}'; choose other names for input and output.");
    }
}
