using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>
/// A value of the graph being read: the layers that compute it, followed by what is not a layer yet because the next node may belong to it: a layer whose bias
/// may follow, or arithmetic with constants.
/// </summary>
internal sealed class LayerBranch
{
    private readonly ImportedLayers layers;
    private readonly AffineChain affine;
    private Node node;
    private Shape output;
    private (LayerWeights Weights, NodeProto From)? last;
    private NodeProto? reading;

    /// <param name="node">The start of the branch.</param>
    /// <param name="sample">The shape of one sample of it.</param>
    /// <param name="isInteger">Whether it has whole numbers.</param>
    /// <param name="layers">The layers of all branches.</param>
    public LayerBranch(Node node, Shape sample, bool isInteger, ImportedLayers layers)
    {
        (this.node, output, IsInteger, this.layers) = (node, sample, isInteger, layers);
        affine = new AffineChain(layers.Budget);
    }

    /// <summary>The shape of one sample.</summary>
    public Shape Sample => output;

    /// <summary>The number of dimensions of the value, including the batch.</summary>
    public int Rank => output.Rank + 1;

    /// <summary>Whether it has whole numbers.</summary>
    public bool IsInteger { get; private set; }

    /// <summary>Whether the graph computes in double here.</summary>
    public bool InDouble { get; set; }

    /// <summary>Sets the graph node for what is added next.</summary>
    public LayerBranch Reading(NodeProto from)
    {
        reading = from;
        return this;
    }

    /// <summary>The node that computes the value, with everything pending turned into layers.</summary>
    public Node Settle()
    {
        if (last is var (weights, from)) node = layers.Append(node, weights, from);
        last = null;
        if (affine.Flush() is { } normalization) node = layers.Append(node, normalization, affine.Last!);
        return node;
    }

    /// <summary>A further branch from the same value.</summary>
    public LayerBranch Fork() => new(Settle(), output, IsInteger, layers) { InDouble = InDouble };

    public void Add(Layer layer)
    {
        node = layers.Append(Settle(), layer, reading!);
        output = layer.Build(output, new LayerBuilder());
    }

    /// <summary>Gives the same values another shape.</summary>
    public void AddReshape(ReadOnlySpan<int> dimensions)
    {
        if (!output.Dimensions.SequenceEqual(dimensions)) Add(new Reshape(dimensions));
    }

    /// <summary>Adds a layer with parameters, whose bias may follow.</summary>
    public void Add(LayerWeights weights)
    {
        Settle();
        // Whatever has parameters makes float32 values.
        IsInteger = false;
        output = weights.Make().Build(output, new LayerBuilder());
        last = (weights, reading!);
    }

    /// <summary>Takes an added constant as the bias of the previous layer, if it is one.</summary>
    public bool TryAddBias(OnnxConstant constant)
    {
        if (InDouble || !affine.IsEmpty || last?.Weights.WithBias(constant, Rank) is not { } whole) return false;
        last = (whole, reading!);
        return true;
    }

    /// <summary>The pending arithmetic with constants.</summary>
    public AffineChain Affine
    {
        get
        {
            if (affine.IsEmpty) Settle();
            return affine;
        }
    }
}
