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

    private ChainReader(OnnxGraph graph, ByteBudget budget)
    {
        this.graph = graph;
        chain = new LayerChain(graph.Sample, budget);
        affine = new AffineChain(budget);
        value = graph.Input;
    }

    /// <param name="graph">The graph.</param>
    /// <param name="budget">What may be made of the file.</param>
    /// <exception cref="ModelFormatException">An operator on the way is not a layer; the message names the node.</exception>
    public static LayerChain Read(OnnxGraph graph, ByteBudget budget) => new ChainReader(graph, budget).Read();

    private LayerChain Read()
    {
        while (value != graph.Output)
        {
            LearnShape();
            IReadOnlyList<NodeProto> users = graph.UsersOf(value);
            if (users.Count == 0) throw new ModelFormatException($"the output '{graph.Output}' does not depend on the input '{graph.Input}'");
            value = users[0].Reading(() => users.Count == 1 ? ReadNode(users[0]) : ReadComposite(users));
        }

        if (inDouble) throw new ModelFormatException($"the output '{graph.Output}' is in double; FLOAT is read");
        Flush();
        return chain;
    }

    /// <summary>Of the value's shape only the batch is not known: it stays a number without a value, even where the file fixes it.</summary>
    private void LearnShape()
    {
        WholeNumber batch = new(1, PerBatch: true);
        foreach (NodeProto node in graph.UsersOf(value))
        {
            if (node.OpType == "Shape") graph.Learn(node, ShapeFolding.Shape(node, chain.Sample.Select(d => new WholeNumber(d)).Prepend(batch)));
            else if (node.OpType == "Size") graph.Learn(node, new OnnxConstant([], [batch with { Value = chain.Sample.Size }]));
        }
    }

    private string ReadComposite(IReadOnlyList<NodeProto> users)
    {
        if (!inDouble && CompositeReader.Read(graph, value, chain.Sample.Rank + 1) is (var activation, var result))
        {
            Flush();
            chain.Add(activation);
            return result;
        }

        throw users[0].Wrong($"takes '{value}', which {users[1].Described()} takes too: a model here is a chain of layers, without branches");
    }

    /// <summary>Reads the one node that takes the value; returns the name of what it makes.</summary>
    private string ReadNode(NodeProto node)
    {
        string result = node.Output[0];
        switch (node.OpType)
        {
            case "Add" or "Sub" or "Mul" or "Div":
            case "Sum" when node.Input.Count > 1:
                ReadArithmetic(node);
                return result;
            case "Cast":
                inDouble = ConstantFolding.TargetOf(node, graph.OperatorSet) switch
                {
                    DataType.Double => true,
                    DataType.Float => false,
                    var type => throw node.Wrong($"converts to {type}; FLOAT and DOUBLE are known"),
                };
                return result;
            case "Identity" or "Sum":
                return result;
            case "Neg":
                affine.Negate(node, chain.Sample);
                return result;
            case "Exp" when !inDouble && CompositeReader.Read(graph, value, chain.Sample.Rank + 1) is (var activation, var end):
                Flush();
                chain.Add(activation);
                return end;
        }

        if (node.Input[0] != value) throw node.Wrong($"takes '{value}' where only a constant can be expressed");
        if (inDouble) throw node.Wrong("computes in double, where only arithmetic with constants is read");
        if (node.OpType == "BatchNormalization")
        {
            affine.AppendBatchNormalization(node, graph, chain.Sample);
            return result;
        }

        Flush();
        OnnxOperator layer = OnnxLayers.Of(node.OpType) ?? throw node.Wrong("is not a layer on its own");
        layer.Read(node, graph, chain);
        return result;
    }

    private void ReadArithmetic(NodeProto node)
    {
        if (node.Input.Count != 2) throw node.Wrong($"takes {node.Input.Count} values, not 2");
        bool second = node.Input[1] == value;
        OnnxConstant constant = graph.RequireConstant(node, second ? 0 : 1);
        if (graph.OperatorSet < 7)
        {
            if (second) throw node.Wrong("spreads its second input to its first, a constant, as operator sets before 7 do");
            constant = OldBroadcast.Aligned(node, constant, [(int)(graph.FixedBatch ?? 0), .. chain.Sample.Dimensions]);
        }

        bool isBias = node.OpType is "Add" or "Sum" && !inDouble && affine.IsEmpty && DenseOnnx.TryReadBias(constant, chain);
        if (!isBias) affine.Append(node, constant, second, chain.Sample);
    }

    private void Flush()
    {
        if (affine.Flush() is { } normalization) chain.Add(normalization);
    }
}
