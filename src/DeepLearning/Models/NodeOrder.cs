namespace DeepLearning;

/// <summary>The order in which nodes are computed: each after its inputs, which come in their order.</summary>
internal static class NodeOrder
{
    /// <summary>Every node that the outputs depend on, once. With an explicit stack: a long chain would overflow the thread's.</summary>
    public static List<Node> Of(IReadOnlyList<Node> outputs)
    {
        var order = new List<Node>();
        var seen = new HashSet<Node>();
        var open = new Stack<(Node Node, int Next)>();
        foreach (Node output in outputs)
        {
            if (seen.Add(output)) open.Push((output, 0));
            while (open.TryPop(out (Node Node, int Next) top))
            {
                if (top.Next == top.Node.Sources.Length)
                {
                    order.Add(top.Node);
                    continue;
                }

                open.Push((top.Node, top.Next + 1));
                Node source = top.Node.Sources[top.Next];
                if (seen.Add(source)) open.Push((source, 0));
            }
        }

        return order;
    }

    /// <summary>The same nodes with some replaced. Layers are shared with the originals; nodes that depend on none of the replaced ones stay as they
    /// are.</summary>
    public static Node[] Replace(IReadOnlyList<Node> outputs, IReadOnlyList<Node> from, IReadOnlyList<Node> to)
    {
        var made = new Dictionary<Node, Node>();
        for (int i = 0; i < from.Count; i++) made.Add(from[i], to[i]);
        foreach (Node node in Of(outputs))
        {
            if (made.ContainsKey(node)) continue;
            bool changes = false;
            var sources = new Node[node.Sources.Length];
            for (int s = 0; s < sources.Length; s++)
            {
                sources[s] = made[node.Sources[s]];
                changes |= sources[s] != node.Sources[s];
            }

            made.Add(node, changes ? new Node(node.Use!, sources) : node);
        }

        return [.. outputs.Select(o => made[o])];
    }
}
