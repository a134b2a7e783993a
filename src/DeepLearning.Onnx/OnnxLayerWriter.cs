using DeepLearning.Onnx;
using DeepLearning.Onnx.Schema;

namespace DeepLearning;

/// <summary>
/// Writes one layer as nodes of an ONNX graph, operator set 17. Values are identified by name; those that a layer adds are named after the layer.
/// </summary>
public sealed class OnnxLayerWriter
{
    private readonly GraphProto graph;
    private readonly ParameterSet? parameters;
    private readonly List<NodeProto> nodes = [];

    internal OnnxLayerWriter(GraphProto graph, ParameterSet? parameters, string layerName, string input, Shape inputShape, Shape outputShape)
    {
        this.graph = graph;
        this.parameters = parameters;
        (LayerName, Input, InputShape, OutputShape) = (layerName, input, inputShape, outputShape);
    }

    /// <summary>The name of the layer in its model: <c>dense_1</c>.</summary>
    public string LayerName { get; }

    /// <summary>The name of the input value: [batch, …<see cref="InputShape"/>].</summary>
    public string Input { get; }

    /// <summary>The shape of one input sample, without the batch.</summary>
    public Shape InputShape { get; }

    /// <summary>The shape of one output sample, without the batch.</summary>
    public Shape OutputShape { get; }

    /// <summary>Writes a parameter of the layer as an initializer: its current values.</summary>
    /// <param name="name">The name that the layer gave it: <c>kernel</c>.</param>
    /// <returns>The name of the value: <c>dense_1.kernel</c>.</returns>
    /// <exception cref="KeyNotFoundException">The layer has no parameter of this name.</exception>
    public string Parameter(string name)
    {
        string full = $"{LayerName}.{name}";
        Parameter parameter = (parameters ?? throw new InvalidOperationException($"There is no parameter {full}."))[full];
        return Initializer(TensorEncoding.Of(full, parameter.Value.AsReadOnlySpan(), parameter.Shape));
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

    /// <summary>Writes numbers of double precision as an initializer.</summary>
    /// <param name="name">Unique within the layer.</param>
    /// <param name="values">The numbers, row-major.</param>
    /// <param name="shape">Their shape.</param>
    /// <returns>The name of the value.</returns>
    /// <exception cref="ShapeMismatchException">The number of values does not match the shape.</exception>
    public string Constant(string name, ReadOnlySpan<double> values, Shape shape) => Initializer(TensorEncoding.Of(Inner(name), values, shape));

    /// <summary>Writes whole numbers as a vector, as operators take shapes and axes.</summary>
    /// <param name="name">Unique within the layer.</param>
    /// <param name="values">The numbers.</param>
    /// <returns>The name of the value.</returns>
    public string Constant(string name, ReadOnlySpan<long> values) => Initializer(TensorEncoding.Of(Inner(name), values));

    /// <summary>Writes a node.</summary>
    /// <param name="operatorType">An operator of the ONNX specification: <c>MatMul</c>.</param>
    /// <param name="inputs">The names of the values that it takes.</param>
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
    /// <returns>The name of the result: the input if the layer does nothing in inference.</returns>
    /// <exception cref="InvalidOperationException">No node of the layer produces the result.</exception>
    internal string Finish(string result, string resultName)
    {
        if (result == Input && nodes.Count == 0) return Input;
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
