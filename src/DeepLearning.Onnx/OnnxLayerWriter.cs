using DeepLearning.Onnx;
using DeepLearning.Onnx.Schema;

namespace DeepLearning;

/// <summary>
/// Writes one layer as nodes of an ONNX graph, operator set 17. Values are identified by name; those added by a layer are named after it.
/// </summary>
public sealed class OnnxLayerWriter
{
    private readonly GraphProto graph;
    private readonly LayerCall call;
    private readonly List<NodeProto> nodes = [];

    internal OnnxLayerWriter(GraphProto graph, LayerCall call, IReadOnlyList<string> inputs) => (this.graph, this.call, Inputs) = (graph, call, inputs);

    /// <summary>The name of the layer in its model: <c>dense_1</c>, or <c>dense_1#2</c> for the second call of a shared layer.</summary>
    public string LayerName => call.Name;

    /// <summary>The name of the input value: [batch, …<see cref="InputShape"/>].</summary>
    /// <exception cref="InvalidOperationException">There are several inputs: see <see cref="Inputs"/>.</exception>
    public string Input => Only(Inputs, nameof(Inputs));

    /// <summary>The names of the input values, in order; a merge layer has several.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>The shape of one input sample, without the batch.</summary>
    /// <exception cref="InvalidOperationException">There are several inputs: see <see cref="InputShapes"/>.</exception>
    public Shape InputShape => Only(InputShapes, nameof(InputShapes));

    /// <summary>The shape of one sample of each input, without the batch.</summary>
    public IReadOnlyList<Shape> InputShapes => call.InputShapes;

    /// <summary>The shape of one sample of the result, without the batch.</summary>
    public Shape OutputShape => call.OutputShape;

    /// <summary>Writes a parameter or a state of the layer, with its current values, as an initializer. All calls of a shared layer have the same
    /// one.</summary>
    /// <param name="name">The name that the layer gave it: <c>kernel</c>, <c>moving_mean</c>.</param>
    /// <returns>The name of the value: <c>dense_1.kernel</c>.</returns>
    /// <exception cref="KeyNotFoundException">The layer has no parameter and no state of this name.</exception>
    public string Parameter(string name)
    {
        string full = $"{call.LayerName}.{name}";
        Parameter parameter = call.Parameters.Concat(call.State).FirstOrDefault(p => p.Name == full)
            ?? throw new KeyNotFoundException(
                $"There is no parameter {full}; {call.LayerName} has [{string.Join(", ", call.Parameters.Concat(call.State).Select(p => p.Name))}].");
        return graph.Initializer.Any(other => other.Name == full)
            ? full
            : Initializer(TensorEncoding.Of(full, parameter.Value.AsReadOnlySpan(), parameter.Shape));
    }

    /// <summary>Writes a number as an initializer without dimensions.</summary>
    /// <param name="name">Unique within the layer.</param>
    /// <param name="value">The number.</param>
    /// <returns>The name of the value: <c>gelu/half</c>.</returns>
    public string Constant(string name, float value) => Constant(name, [value], Shape.Scalar);

    /// <summary>Writes numbers as an initializer.</summary>
    /// <param name="name">Unique within the layer.</param>
    /// <param name="values">The numbers, row-major.</param>
    /// <param name="shape">Their shape.</param>
    /// <returns>The name of the value.</returns>
    /// <exception cref="ShapeMismatchException">The number of values does not match the shape.</exception>
    public string Constant(string name, ReadOnlySpan<float> values, Shape shape) => Initializer(TensorEncoding.Of(Inner(name), values, shape));

    /// <summary>Writes double-precision numbers as an initializer.</summary>
    /// <param name="name">Unique within the layer.</param>
    /// <param name="values">The numbers, row-major.</param>
    /// <param name="shape">Their shape.</param>
    /// <returns>The name of the value.</returns>
    /// <exception cref="ShapeMismatchException">The number of values does not match the shape.</exception>
    public string Constant(string name, ReadOnlySpan<double> values, Shape shape) => Initializer(TensorEncoding.Of(Inner(name), values, shape));

    /// <summary>Writes whole numbers as a vector, such as shapes and axes for operators.</summary>
    /// <param name="name">Unique within the layer.</param>
    /// <param name="values">The numbers.</param>
    /// <returns>The name of the value.</returns>
    public string Constant(string name, ReadOnlySpan<long> values) => Initializer(TensorEncoding.Of(Inner(name), values));

    /// <summary>Writes a node.</summary>
    /// <param name="operatorType">An operator of the ONNX specification: <c>MatMul</c>.</param>
    /// <param name="inputs">The names of its inputs.</param>
    /// <param name="attributes">Its constants.</param>
    /// <returns>The name of its first result.</returns>
    public string Node(string operatorType, ReadOnlySpan<string> inputs, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        ArgumentException.ThrowIfNullOrEmpty(operatorType);
        int before = nodes.Count(n => n.OpType == operatorType);
        var node = new NodeProto { Name = Inner(before == 0 ? operatorType : $"{operatorType}_{before}"), OpType = operatorType };
        foreach (string input in inputs) node.Input.Add(input);
        foreach (OnnxAttribute attribute in attributes)
            node.Attribute.Add(attribute.Proto ?? throw new ArgumentException("An attribute is empty; create it with OnnxAttribute.Of.", nameof(attributes)));
        node.Output.Add($"{node.Name}_output");
        nodes.Add(node);
        return node.Output[0];
    }

    /// <summary>Puts the layer's nodes into the graph.</summary>
    /// <param name="result">The value that the layer's exporter named as its result.</param>
    /// <param name="resultName">The name of the value in the graph.</param>
    /// <returns>The name of the result: that of an input if the layer does nothing in inference.</returns>
    /// <exception cref="InvalidOperationException">No node of the layer makes the result.</exception>
    internal string Finish(string result, string resultName)
    {
        if (nodes.Count == 0 && Inputs.Contains(result)) return result;
        if (!nodes.Exists(n => n.Output.Contains(result)))
            throw new InvalidOperationException($"The exporter of {LayerName} named '{result}' as its result, but none of its nodes produces that value.");
        foreach (NodeProto node in nodes)
        {
            for (int i = 0; i < node.Input.Count; i++) if (node.Input[i] == result) node.Input[i] = resultName;
            for (int i = 0; i < node.Output.Count; i++) if (node.Output[i] == result) node.Output[i] = resultName;
        }

        if (nodes.Count == 1) nodes[0].Name = LayerName;
        graph.Node.AddRange(nodes);
        return resultName;
    }

    private T Only<T>(IReadOnlyList<T> values, string all)
        => values.Count == 1 ? values[0] : throw new InvalidOperationException($"{call} takes {values.Count} values: see {nameof(OnnxLayerWriter)}.{all}.");

    private string Initializer(TensorProto tensor)
    {
        if (graph.Initializer.Any(other => other.Name == tensor.Name)) throw new ArgumentException($"The graph already has a constant {tensor.Name}.");
        graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private string Inner(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return $"{LayerName}/{name}";
    }
}
