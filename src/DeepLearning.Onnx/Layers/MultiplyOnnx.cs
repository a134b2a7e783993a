namespace DeepLearning.Onnx;

/// <summary><see cref="Multiply"/> is the operator Mul of computed values, one after another.</summary>
internal static class MultiplyOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<Multiply>(
        static (_, graph) =>
        {
            string product = graph.Inputs[0];
            for (int i = 1; i < graph.Inputs.Count; i++) product = graph.Node("Mul", [product, graph.Inputs[i]]);
            return product;
        }) with
    {
        Merges = [new("Mul", static (_, _, _) => new Multiply())],
    };
}
