using System.Globalization;
using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>
/// The names of imported layers. Files of this library name their nodes after layers, <c>dense</c> or <c>gelu/Mul_1</c>, which restores the names. In other
/// tools' files the inputs and outputs keep their names if there are several; other layers are numbered by kind as in any model.
/// </summary>
internal sealed class LayerNaming(OnnxGraph graph, bool isOwnFile)
{
    private readonly HashSet<string> taken = [];

    /// <summary>The name of an input; null if the model chooses it.</summary>
    public string? OfInput(GraphInput input) => graph.Inputs.Count > 1 ? Free(input.Name) : null;

    /// <summary>The name of the layer that ends with a node; null if the model chooses it.</summary>
    public string? OfLayer(NodeProto node)
    {
        if (isOwnFile) return Call(node) is 1 ? Free(Stem(node)) : null;
        return graph.Outputs.Count > 1 && graph.IsOutput(node.Output[0]) ? Free(node.Output[0]) : null;
    }

    /// <summary>The layer that a node calls again: <c>tanh</c> for <c>tanh#2</c>; null if it is the first call.</summary>
    public string? OfShared(NodeProto node) => isOwnFile && Call(node) > 1 ? Stem(node).Split('#')[0] : null;

    private string? Free(string name) => IsName(name) && taken.Add(name) ? name : null;

    private static int Call(NodeProto node)
        => Stem(node).Split('#') is [_, var number] ? int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int call) ? call : 0 : 1;

    /// <summary>The layer's part of a node's name: all of it, or the part before the operator and its number.</summary>
    private static string Stem(NodeProto node)
    {
        int end = node.Name.LastIndexOf($"/{node.OpType}", StringComparison.Ordinal);
        if (end < 0) return node.Name;
        ReadOnlySpan<char> rest = node.Name.AsSpan(end + 1 + node.OpType.Length);
        return rest.IsEmpty || (rest[0] == '_' && !rest[1..].ContainsAnyExceptInRange('0', '9')) ? node.Name[..end] : node.Name;
    }

    /// <summary>Whether the name is valid in a model.</summary>
    private static bool IsName(string name)
    {
        try
        {
            Model.Input().Named(name);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
