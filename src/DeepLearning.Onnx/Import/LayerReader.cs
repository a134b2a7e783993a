using DeepLearning.Onnx.Schema;
using DataType = DeepLearning.Onnx.Schema.TensorProto.Types.DataType;

namespace DeepLearning.Onnx;

/// <summary>Goes through the nodes of a graph in topological order, and appends the corresponding layers.</summary>
internal sealed class LayerReader
{
    private readonly OnnxGraph graph;
    private readonly ImportedLayers layers;
    private readonly Dictionary<string, LayerBranch> branches = [];

    /// <summary>Nodes of decomposed activations; with the activation itself for its last node.</summary>
    private readonly Dictionary<NodeProto, CompositeActivation?> composites = new(ReferenceEqualityComparer.Instance);

    /// <summary>Nodes that were read with an earlier one; with the value for the last of them.</summary>
    private readonly Dictionary<NodeProto, LayerBranch?> ahead = new(ReferenceEqualityComparer.Instance);

    private LayerReader(OnnxGraph graph, ImportedLayers layers) => (this.graph, this.layers) = (graph, layers);

    /// <param name="graph">The graph.</param>
    /// <param name="layers">Receives the layers.</param>
    /// <exception cref="ModelFormatException">Something that the outputs depend on is not a layer; the message names the node.</exception>
    public static Model Read(OnnxGraph graph, ImportedLayers layers) => new LayerReader(graph, layers).Read();

    private Model Read()
    {
        var inputs = new Node[graph.Inputs.Count];
        for (int i = 0; i < inputs.Length; i++)
        {
            LayerBranch branch = layers.Begin(graph.Inputs[i]);
            inputs[i] = branch.Settle();
            Keep(graph.Inputs[i].Name, branch);
        }

        foreach (NodeProto node in graph.Nodes)
        {
            if (graph.IsFolded(node)) continue;
            if (composites.TryGetValue(node, out CompositeActivation? composite))
            {
                if (composite is not null) Keep(node.Output[0], Activated(composite, node));
                continue;
            }

            if (ahead.Remove(node, out LayerBranch? made))
            {
                if (made is not null) Keep(node.Output[0], made);
                continue;
            }

            string[] taken = [.. node.Input.Where(branches.ContainsKey)];
            if (taken.Length == 1 && node.Reading(() => TryChannelsLast(node, taken[0]))) continue;
            if (taken.Length > 0) Keep(node.Output[0], node.Reading(() => taken.Length == 1 ? ReadNode(node, taken[0]) : ReadMerge(node, taken)));
        }

        Node[] outputs = [.. graph.Outputs.Select(o => OutputOf(o, inputs))];
        try
        {
            Model model = Model.Of(inputs, outputs).Build();
            layers.Fill(model);
            return model;
        }
        catch (ArgumentException wrong)
        {
            throw new ModelFormatException($"the layers of the graph do not form a model: {wrong.Message}", wrong);
        }
    }

    /// <summary>A normalization of the last dimension, which its operator has first: a Transpose before it, and one after it.</summary>
    private bool TryChannelsLast(NodeProto node, string value)
    {
        if (node.OpType != "Transpose" || branches[value] is not { InDouble: false, IsInteger: false, Rank: > 2 } before) return false;
        if (BatchNormalizationOnnx.BehindTranspose(node, graph, before.Rank) is not var (normalization, back)) return false;
        LayerBranch branch = Take(value).Reading(back);
        branch.Add(BatchNormalizationOnnx.LastDimension(normalization, graph, branch.Sample));
        ahead.Add(normalization, null);
        ahead.Add(back, branch);
        return true;
    }

    private Node OutputOf(string name, Node[] inputs)
    {
        if (!branches.TryGetValue(name, out LayerBranch? branch))
            throw new ModelFormatException(
                $"the output '{name}' does not depend on the input{(inputs.Length == 1 ? "" : "s")} '{string.Join("', '", graph.Inputs.Select(i => i.Name))}'");
        if (branch.InDouble) throw new ModelFormatException($"the output '{name}' is in double; FLOAT is read");
        Node output = branch.Settle();
        return inputs.Contains(output) ? throw new ModelFormatException($"the output '{name}' computes nothing that is a layer") : output;
    }

    /// <summary>Keeps a value. If only one node uses it, that node may continue with what is not a layer yet; otherwise it becomes a layer here.</summary>
    private void Keep(string value, LayerBranch branch)
    {
        branches[value] = branch;
        LearnShape(value, branch);
        IReadOnlyList<NodeProto> users = graph.UsersOf(value);
        bool isOutput = graph.IsOutput(value), goesOn = users.Count == 1 && !isOutput;
        if (branch.InDouble && !goesOn && users.Count > 0)
            throw users[0].Wrong($"takes '{value}' in double, which {(isOutput ? "is an output" : $"{users[1].Described()} takes")} too: one node alone may");
        if (goesOn && users[0].OpType != "Exp") return;
        if (!goesOn && !branch.InDouble) branch.Settle();
        if (branch.InDouble || branch.IsInteger) return;
        foreach (CompositeActivation found in CompositeReader.Read(graph, value, branch.Rank))
        {
            branch.Settle();
            foreach (NodeProto part in found.Parts) composites[part] = part.Output[0] == found.Result ? found : null;
        }
    }

    /// <summary>Only the batch of the value's shape is unknown: it stays symbolic, even if the file fixes it.</summary>
    private void LearnShape(string value, LayerBranch branch)
    {
        WholeNumber batch = new(1, PerBatch: true);
        foreach (NodeProto node in graph.UsersOf(value))
        {
            if (node.OpType == "Shape") graph.Learn(node, ShapeFolding.Shape(node, branch.Sample.Select(d => new WholeNumber(d)).Prepend(batch)));
            else if (node.OpType == "Size") graph.Learn(node, new OnnxConstant([], [batch with { Value = branch.Sample.Size }]));
        }
    }

    private LayerBranch Activated(CompositeActivation composite, NodeProto last)
    {
        LayerBranch branch = branches[composite.Start].Fork().Reading(last);
        branch.Add(composite.Activation);
        return branch;
    }

    /// <summary>A value for a node to continue from: the branch itself if nothing else needs it.</summary>
    private LayerBranch Take(string value)
        => graph.UsersOf(value).Count == 1 && !graph.IsOutput(value) ? branches[value] : branches[value].Fork();

    private LayerBranch ReadNode(NodeProto node, string value)
    {
        LayerBranch branch = Take(value).Reading(node);
        switch (node.OpType)
        {
            case "Identity":
            case "Sum" or "Concat" when node.Input.Count == 1:
                return branch;
            case "Cast" when !branch.IsInteger:
                branch.InDouble = ConstantFolding.TargetOf(node, graph.OperatorSet) switch
                {
                    DataType.Double => true,
                    DataType.Float => false,
                    var type => throw node.Wrong($"converts to {type}; FLOAT and DOUBLE are known"),
                };
                return branch;
        }

        OnnxOperator? layer = OnnxLayers.Of(node.OpType);
        if (branch.IsInteger && layer is not { TakesIntegers: true }) throw node.Wrong($"computes with '{value}', whole numbers, which no layer here expresses");
        switch (node.OpType)
        {
            case "Add" or "Sub" or "Mul" or "Div" or "Sum":
                ReadArithmetic(node, value, branch);
                return branch;
            case "Neg":
                branch.Affine.Negate(node, branch.Sample);
                return branch;
        }

        int place = layer?.Place ?? 0;
        if (node.Input.Count <= place || node.Input[place] != value) throw node.Wrong($"takes '{value}' where only a constant can be expressed");
        if (branch.InDouble) throw node.Wrong("computes in double, where only arithmetic with constants is read");
        if (layer is null) throw node.Wrong("is not a layer on its own");
        else layer.Read(node, graph, branch);
        return branch;
    }

    private void ReadArithmetic(NodeProto node, string value, LayerBranch branch)
    {
        if (node.Input.Count != 2) throw node.Wrong($"takes {node.Input.Count} values, not 2");
        bool second = node.Input[1] == value;
        OnnxConstant constant = graph.RequireConstant(node, second ? 0 : 1);
        if (graph.OperatorSet < 7)
        {
            if (second) throw node.Wrong("broadcasts its second input to its first, a constant, as operator sets before 7 do");
            constant = OldBroadcast.Aligned(node, constant, [(int)(graph.FixedBatch ?? 0), .. branch.Sample.Dimensions]);
        }

        if (node.OpType is "Add" or "Sum" && branch.TryAddBias(constant)) return;
        branch.Affine.Append(node, constant, second, branch.Sample);
    }

    private LayerBranch ReadMerge(NodeProto node, string[] taken)
    {
        string values = $"the computed values '{string.Join("', '", taken.Take(4))}'{(taken.Length > 4 ? $", … {taken.Length} in all" : "")}";
        OnnxMerge merge = OnnxLayers.MergeOf(node.OpType) ?? throw node.Wrong($"takes {values}; of several, layers here make Add, Sum, Sub, Mul, Mean, Max, Min and Concat");
        if (taken.Length != node.Input.Count) throw node.Wrong($"takes constants beside {values}, which no layer here does");
        LayerBranch[] all = [.. taken.Select(v => branches[v])];
        if (all.Any(b => b.InDouble)) throw node.Wrong("computes in double, where only arithmetic with constants is read");
        if (all.Any(b => b.IsInteger) && (!merge.TakesIntegers || !all.All(b => b.IsInteger))) throw node.Wrong($"computes with whole numbers among {values}");
        try
        {
            return layers.Merge(merge.Make(node, graph, all[0].Rank), all, node);
        }
        catch (ShapeMismatchException wrong)
        {
            throw node.Wrong($"takes {string.Join(" and ", taken.Take(4).Zip(all, (v, b) => $"'{v}' of samples {b.Sample}"))}: {wrong.Message}");
        }
    }
}
