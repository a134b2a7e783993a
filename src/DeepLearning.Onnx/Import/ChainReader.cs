using DeepLearning.Onnx.Schema;
using DataType = DeepLearning.Onnx.Schema.TensorProto.Types.DataType;

namespace DeepLearning.Onnx;

/// <summary>Follows the value from the graph's input to its output, and puts a layer for what happens to it on the way.</summary>
internal sealed class ChainReader
{
    private readonly OnnxGraph graph;
    private readonly LayerChain chain;
    private readonly AffineChain affine;
    private string value;
    private bool inDouble;

    private ChainReader(OnnxGraph graph, ByteBudget weights, ByteBudget spread)
    {
        this.graph = graph;
        chain = new LayerChain(graph.Sample, weights);
        affine = new AffineChain(spread);
        value = graph.Input;
    }

    /// <param name="graph">The graph.</param>
    /// <param name="weights">What the layers' weights may take.</param>
    /// <param name="spread">What constants may be spread out to.</param>
    /// <exception cref="ModelFormatException">Something on the way is no layer; the message names the node.</exception>
    public static LayerChain Read(OnnxGraph graph, ByteBudget weights, ByteBudget spread) => new ChainReader(graph, weights, spread).Read();

    private LayerChain Read()
    {
        while (value != graph.Output)
        {
            IReadOnlyList<NodeProto> users = graph.UsersOf(value);
            if (users.Count == 0) throw new ModelFormatException($"the output '{graph.Output}' does not depend on the input '{graph.Input}'");
            At(users[0], () => value = users.Count == 1 ? ReadNode(users[0]) : ReadComposite(users));
        }

        if (inDouble) throw new ModelFormatException($"the output '{graph.Output}' is in double; FLOAT is read");
        Flush();
        return chain;
    }

    /// <summary>What a layer objects to is told with the node that asked for it.</summary>
    private static void At(NodeProto node, Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw new ModelFormatException($"{node.Described()}: {e.Message}", e);
        }
    }

    private string ReadComposite(IReadOnlyList<NodeProto> users)
    {
        foreach (CompositePattern pattern in CompositePattern.All)
        {
            if (inDouble || pattern.Match(graph, value) is not { } result) continue;
            Flush();
            chain.Add(pattern.Activation);
            return result;
        }

        throw users[0].Wrong($"takes '{value}', which {users[1].Described()} takes too: a model here is a chain of layers, without branches");
    }

    /// <summary>Reads the one node that takes the value; returns the name of what it makes.</summary>
    private string ReadNode(NodeProto node)
    {
        switch (node.OpType)
        {
            case "Add" or "Sub" or "Mul" or "Div":
                if (node.Input.Count != 2) throw node.Wrong($"takes {node.Input.Count} values, not 2");
                bool second = node.Input[1] == value;
                affine.Append(node, graph.RequireConstant(node, second ? 0 : 1), second, chain.Sample);
                return node.Output[0];
            case "Cast":
                inDouble = node.Integer("to", 0) switch
                {
                    (long)DataType.Double => true,
                    (long)DataType.Float => false,
                    var type => throw node.Wrong($"converts to {(DataType)type}; FLOAT and DOUBLE are known"),
                };
                return node.Output[0];
            case "Identity":
                return node.Output[0];
        }

        if (node.Input[0] != value) throw node.Wrong($"takes '{value}' where only a constant can be expressed");
        if (inDouble) throw node.Wrong("computes in double, where only arithmetic with constants is read");
        if (node.OpType == "BatchNormalization")
        {
            affine.AppendBatchNormalization(node, graph, chain.Sample);
            return node.Output[0];
        }

        Flush();
        return ReadLayer(node);
    }

    private string ReadLayer(NodeProto node)
    {
        int rank = chain.Sample.Rank + 1;
        switch (node.OpType)
        {
            case "MatMul": return DenseReader.ReadMatMul(node, graph, chain);
            case "Gemm": DenseReader.ReadGemm(node, graph, chain); break;
            case "Dropout": chain.Add(new Dropout(RateOf(node))); break;
            case "Flatten": chain.Add(ShapeReader.ReadFlatten(node, rank)); break;
            case "Reshape": chain.Add(ShapeReader.ReadReshape(node, graph, chain.Sample)); break;
            default: chain.Add(ActivationReader.Read(node, rank, graph.OperatorSet) ?? throw node.Wrong("is no layer on its own")); break;
        }

        return node.Output[0];
    }

    /// <summary>The rate was an attribute before operator set 12, and is an input since.</summary>
    private float RateOf(NodeProto node)
        => graph.ConstantOf(node, 1) is { } rate
            ? rate.Floats is [var value] ? value : throw node.Wrong("has a rate that is no single number")
            : node.Number("ratio", 0.5f);

    private void Flush()
    {
        if (affine.Flush() is { } normalization) chain.Add(normalization);
    }
}
