namespace DeepLearning;

/// <summary>
/// A model with one input and one output as the code of a chain: <c>Sequential.Input(32).Dense(64).Residual(b => b.Relu().Dense(64)).Softmax()</c>. A merge is
/// written with its branches, starting at the value where they diverge.
/// </summary>
internal sealed class ChainText
{
    private readonly ModelGraph graph;
    private readonly GivenNames names;

    /// <summary>The nearest value that every path from the input to a value passes through, and the number of such values.</summary>
    private readonly int[] dominators, depths;

    private int written;

    private ChainText(ModelGraph graph)
    {
        (this.graph, names) = (graph, new GivenNames(graph));
        dominators = new int[graph.ValueCount];
        depths = new int[graph.ValueCount];
        for (int s = 0; s < graph.Slots.Length; s++)
        {
            int value = graph.ValueOf(s);
            dominators[value] = graph.Slots[s].Sources.Aggregate(Common);
            depths[value] = depths[dominators[value]] + 1;
        }
    }

    /// <summary>The code, or null if a chain cannot build the graph.</summary>
    public static string? Of(Model model)
    {
        ModelGraph graph = model.Graph;
        if (!graph.IsSingle || Array.Exists(graph.Slots, s => s.Call > 0)) return null;
        var text = new ChainText(graph);
        string? layers = text.Between(0, graph.OutputValues[0]);
        // A value that two branches use would have been written twice.
        return layers is null || text.written != graph.Slots.Length
            ? null
            : $"Sequential.{(graph.Inputs[0].IsInteger ? "Indices" : "Input")}({string.Join(", ", graph.Inputs[0].Shape)}){text.names.Call(graph.Inputs[0].Name)}{layers}";
    }

    /// <summary>The layers from one value to another, or null.</summary>
    private string? Between(int start, int end)
    {
        var parts = new List<string>();
        for (int value = end; value != start;)
        {
            if (value < graph.Inputs.Length || ++written > graph.Slots.Length) return null;
            LayerSlot slot = graph.MakerOf(value)!;
            string name = names.Call(slot.Name);
            if (slot.Sources is [var source])
            {
                parts.Add($".{slot.Layer}{name}");
                value = source;
                continue;
            }

            if (Merge(slot, dominators[value]) is not { } merge) return null;
            parts.Add(merge + name);
            value = dominators[value];
        }

        parts.Reverse();
        return string.Concat(parts);
    }

    private string? Merge(LayerSlot slot, int fork)
    {
        string?[] branches = Array.ConvertAll(slot.Sources, s => Between(fork, s));
        if (Array.Exists(branches, b => b is null)) return null;
        string[] code = Array.ConvertAll(branches, b => $"b => b{b}");
        return slot.Layer switch
        {
            Add when branches is ["", _] => $".Residual({code[1]})",
            Add when branches is [_, _] => $".Residual({code[1]}, shortcut: {code[0]})",
            Concatenate { Axis: -1 } => $".Parallel({string.Join(", ", code)})",
            _ => null,
        };
    }

    private int Common(int a, int b)
    {
        while (a != b)
        {
            if (depths[a] >= depths[b]) a = dominators[a];
            else b = dominators[b];
        }

        return a;
    }
}
