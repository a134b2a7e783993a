using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>The layers of all branches, including shared ones, and their future weights.</summary>
internal sealed class ImportedLayers(ByteBudget budget, LayerNaming naming)
{
    private readonly Dictionary<Layer, LayerWeights> weights = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<LayerWeights, Func<Node, Node>> calls = [];
    private readonly Dictionary<string, (Layer Layer, Func<Node, Node> Call)> named = [];

    /// <summary>What the file may expand to.</summary>
    public ByteBudget Budget => budget;

    /// <summary>A branch that starts with an input.</summary>
    public LayerBranch Begin(GraphInput input)
        => new(Named(input.IsInteger ? Model.Indices(input.Sample) : Model.Input(input.Sample), naming.OfInput(input)), input.Sample, input.IsInteger, this);

    /// <summary>Appends a layer without weights.</summary>
    /// <param name="node">Its input.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="from">The last node of the graph that belongs to it.</param>
    public Node Append(Node node, Layer layer, NodeProto from)
    {
        if (naming.OfShared(from) is { } shared && named.TryGetValue(shared, out (Layer Layer, Func<Node, Node> Call) first) && IsSame(first.Layer, layer))
            return first.Call(node);
        if (naming.OfLayer(from) is not { } name) return node.Add(layer);
        Func<Node, Node> call = Node.Share(x => x.Add(layer).Named(name));
        named.Add(name, (layer, call));
        return call(node);
    }

    /// <summary>Appends a layer with parameters, or a further call of one with the same numbers.</summary>
    public Node Append(Node node, LayerWeights numbers, NodeProto from)
    {
        if (!calls.TryGetValue(numbers, out Func<Node, Node>? call))
        {
            // One copy here, and one in the model.
            budget.Take(numbers.Count, 2 * sizeof(float), from.Described());
            Layer layer = numbers.Make();
            weights.Add(layer, numbers);
            string? name = naming.OfLayer(from);
            calls.Add(numbers, call = Node.Share(x => Named(x.Add(layer), name)));
        }

        return call(node);
    }

    /// <summary>Merges several values into one.</summary>
    public LayerBranch Merge(MergeLayer layer, IReadOnlyList<LayerBranch> branches, NodeProto from)
    {
        Shape sample = layer.Build([.. branches.Select(b => b.Sample)], new LayerBuilder());
        return new LayerBranch(Named(Node.Merge(layer, [.. branches.Select(b => b.Settle())]), naming.OfLayer(from)), sample, branches[0].IsInteger, this);
    }

    /// <summary>Puts the weights into the model built from the layers.</summary>
    public void Fill(Model model)
    {
        foreach (LayerCall call in model.Calls)
            if (weights.Remove(call.Layer, out LayerWeights? numbers)) numbers.Fill(call);
    }

    private static Node Named(Node node, string? name) => name is null ? node : node.Named(name);

    private static bool IsSame(Layer a, Layer b)
        => a.GetType() == b.GetType() && a.ToString() == b.ToString()
            && (a is not Normalization x || b is not Normalization y || (x.Offset.SequenceEqual(y.Offset) && x.Scale.SequenceEqual(y.Scale)));
}
