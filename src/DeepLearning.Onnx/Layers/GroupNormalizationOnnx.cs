namespace DeepLearning.Onnx;

/// <summary>
/// <see cref="GroupNormalization"/> is InstanceNormalization over groups that were made the channels, then γ and β for each feature: as PyTorch's exporter
/// writes it, but with the features last. It is not read.
/// </summary>
internal static class GroupNormalizationOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<GroupNormalization>(Write);

    private static string Write(GroupNormalization layer, OnnxLayerWriter graph)
    {
        Shape input = graph.InputShape;
        int features = input[-1], each = features / layer.Groups, positions = input.Size / features;
        string x = Reshaped("grouped", graph.Input, positions, layer.Groups, each);
        x = graph.Node("Transpose", [x], OnnxAttribute.Of("perm", [0L, 2, 1, 3]));
        x = Reshaped("instances", x, layer.Groups, positions * each);
        float[] ones = new float[layer.Groups];
        Array.Fill(ones, 1f);
        string one = graph.Constant("ones", ones, [layer.Groups]), zero = graph.Constant("zeros", new float[layer.Groups], [layer.Groups]);
        x = graph.Node("InstanceNormalization", [x, one, zero], OnnxAttribute.Of("epsilon", (float)layer.Epsilon));
        x = Reshaped("groups", x, layer.Groups, positions, each);
        x = graph.Node("Transpose", [x], OnnxAttribute.Of("perm", [0L, 2, 1, 3]));
        x = Reshaped("sample", x, [.. input]);
        return graph.Node("Add", [graph.Node("Mul", [x, graph.Parameter("gamma")]), graph.Parameter("beta")]);

        // A dimension of 0 is that of the input: the batch.
        string Reshaped(string name, string value, params int[] sample)
            => graph.Node("Reshape", [value, graph.Constant(name, [0L, .. sample.Select(d => (long)d)])]);
    }
}
