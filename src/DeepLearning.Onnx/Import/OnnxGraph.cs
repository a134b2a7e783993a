using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>A checked graph: every relevant value has one source, none depends on itself, and every operator is known.</summary>
internal sealed class OnnxGraph
{
    private readonly Dictionary<string, OnnxConstant> constants;
    private readonly HashSet<NodeProto> folded = new(ReferenceEqualityComparer.Instance);
    private readonly ILookup<string, NodeProto> users;
    private readonly ConstantReader reader;
    private readonly HashSet<string> outputNames;

    /// <param name="inputs">The inputs; all have the same batch.</param>
    /// <param name="outputs">The names of the outputs.</param>
    /// <param name="operatorSet">The version of the operators.</param>
    /// <param name="initializers">The values stored in the file.</param>
    /// <param name="nodes">The nodes that the outputs depend on, in order.</param>
    /// <param name="reader">Creates new constants from existing ones.</param>
    public OnnxGraph(
        IReadOnlyList<GraphInput> inputs,
        IReadOnlyList<string> outputs,
        long operatorSet,
        Dictionary<string, OnnxConstant> initializers,
        IReadOnlyList<NodeProto> nodes,
        ConstantReader reader)
    {
        (Inputs, Outputs, OperatorSet, Nodes) = (inputs, outputs, operatorSet, nodes);
        (constants, this.reader, outputNames) = (initializers, reader, [.. outputs]);
        users = nodes.SelectMany(n => n.Input.Distinct().Select(value => (value, n))).ToLookup(u => u.value, u => u.n);
        foreach (NodeProto node in nodes) TryFold(node);
    }

    public IReadOnlyList<GraphInput> Inputs { get; }

    public IReadOnlyList<string> Outputs { get; }

    /// <summary>The nodes that the outputs depend on, in topological order.</summary>
    public IReadOnlyList<NodeProto> Nodes { get; }

    /// <summary>The batch size, if the file fixes one.</summary>
    public long? FixedBatch => Inputs[0].FixedBatch;

    public long OperatorSet { get; }

    /// <summary>Whether a value is an output of the graph.</summary>
    public bool IsOutput(string value) => outputNames.Contains(value);

    /// <summary>Whether the result of a node is known.</summary>
    public bool IsFolded(NodeProto node) => folded.Contains(node);

    /// <summary>The nodes that take a value and whose results are not known yet, each once.</summary>
    public IReadOnlyList<NodeProto> UsersOf(string value) => [.. users[value].Where(n => !folded.Contains(n))];

    /// <summary>Records that a node's result is known: it depends only on a shape.</summary>
    public void Learn(NodeProto node, OnnxConstant result)
    {
        Keep(node, result);
        var learned = new Queue<string>([node.Output[0]]);
        while (learned.TryDequeue(out string? value))
            foreach (NodeProto user in UsersOf(value))
                if (TryFold(user)) learned.Enqueue(user.Output[0]);
    }

    /// <summary>The constant of a name, or null.</summary>
    public OnnxConstant? ConstantOf(string value) => constants.GetValueOrDefault(value);

    /// <summary>A constant that a node takes; null if it omits that input.</summary>
    /// <exception cref="ModelFormatException">The node takes a computed value there.</exception>
    public OnnxConstant? ConstantOf(NodeProto node, int place)
        => node.Input.Count <= place || node.Input[place].Length == 0
            ? null
            : ConstantOf(node.Input[place]) ?? throw node.Wrong($"takes the computed value '{node.Input[place]}' where only a constant can be expressed");

    /// <summary>A constant that a node must take.</summary>
    /// <exception cref="ModelFormatException">The node takes a computed value there, or nothing.</exception>
    public OnnxConstant RequireConstant(NodeProto node, int place) => ConstantOf(node, place) ?? throw node.Wrong($"lacks its input {place}");

    /// <summary>Whole numbers that were an attribute once and are an input since an operator set; null if the node omits them.</summary>
    /// <exception cref="ModelFormatException">They are not known whole numbers.</exception>
    public long[]? IntegersOf(NodeProto node, string attribute, int place, int inputSince) => OperatorSet < inputSince
        ? node.Integers(attribute)
        : ConstantOf(node, place) is { } constant
            ? constant.Integers ?? throw node.Wrong($"takes {attribute} that are not fixed whole numbers")
            : null;

    private bool TryFold(NodeProto node)
    {
        if (!node.Input.All(v => v.Length == 0 || constants.ContainsKey(v))) return false;
        if (node.Reading(() => ConstantFolding.Fold(node, this, reader)) is not { } result) return false;
        Keep(node, result);
        return true;
    }

    private void Keep(NodeProto node, OnnxConstant result)
    {
        constants[node.Output[0]] = result;
        folded.Add(node);
    }
}
