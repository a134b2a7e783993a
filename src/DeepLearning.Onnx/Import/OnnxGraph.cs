using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>A graph that has been checked: every value comes from one place, none from itself, and every operator is known.</summary>
/// <param name="input">The name of the input.</param>
/// <param name="output">The name of the output.</param>
/// <param name="sample">The shape of one sample of the input.</param>
/// <param name="fixedBatch">The batch size, where the file fixes one.</param>
/// <param name="operatorSet">The version of the operators.</param>
/// <param name="constants">The values that do not depend on the input.</param>
/// <param name="live">The nodes on which the output depends, apart from constants.</param>
internal sealed class OnnxGraph(
    string input,
    string output,
    Shape sample,
    long? fixedBatch,
    long operatorSet,
    IReadOnlyDictionary<string, OnnxConstant> constants,
    IEnumerable<NodeProto> live)
{
    private readonly ILookup<string, NodeProto> users = live.SelectMany(n => n.Input.Distinct().Select(value => (value, n))).ToLookup(u => u.value, u => u.n);

    public string Input => input;

    public string Output => output;

    public Shape Sample => sample;

    public long? FixedBatch => fixedBatch;

    public long OperatorSet => operatorSet;

    /// <summary>The nodes that take a value, each once.</summary>
    public IReadOnlyList<NodeProto> UsersOf(string value) => [.. users[value]];

    /// <summary>The constant of a name, or null.</summary>
    public OnnxConstant? ConstantOf(string value) => constants.GetValueOrDefault(value);

    /// <summary>A constant that a node takes; null where it leaves that input out.</summary>
    /// <exception cref="ModelFormatException">The node takes a computed value there.</exception>
    public OnnxConstant? ConstantOf(NodeProto node, int place)
        => node.Input.Count <= place || node.Input[place].Length == 0
            ? null
            : ConstantOf(node.Input[place]) ?? throw node.Wrong($"takes the computed value '{node.Input[place]}' where only a constant can be expressed");

    /// <summary>A constant that a node must take.</summary>
    /// <exception cref="ModelFormatException">The node takes a computed value there, or nothing.</exception>
    public OnnxConstant RequireConstant(NodeProto node, int place) => ConstantOf(node, place) ?? throw node.Wrong($"lacks its input {place}");
}
