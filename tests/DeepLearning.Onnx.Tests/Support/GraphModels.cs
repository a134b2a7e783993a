namespace DeepLearning.Onnx.Tests;

/// <summary>Models with branches, by name.</summary>
internal static class GraphModels
{
    public static TheoryData<string> Names => new("residual", "two inputs", "two outputs", "shared", "nested", "nested twice", "activations", "many", "indices");

    public static Model Make(string name)
    {
        Node x = Model.Input(3), y = Model.Input(2), z = Model.Input(3);
        Func<Node, Node> tower = Node.Share(n => n.Normalize([1, 2, 3], [2, 3, 4]).Dense(4).Gelu());
        Node h = x.Dense(4).Tanh(), image = Model.Input(2, 3).Named("image"), words = Model.Indices(4).Named("words");
        Sequential inner = Sequential.Input(4).Residual(b => b.Dense(4).Silu()).Build(seed: 7);
        return name switch
        {
            "residual" => Sequential.Input(3).Dense(4).Residual(b => b.Tanh().Dense(4, useBias: false)).Dense(2).Build(seed: 1),
            "two inputs" => Model.Of([x, y], [Node.Concatenate(x.Dense(4).Tanh(), y.Dense(4).Dropout(0.5).Tanh()).Dense(2)]).Build(seed: 2),
            "two outputs" => Model.Of([x], [h.Dense(2), h.Dense(1).Named("chance").Sigmoid(), h]).Build(seed: 3),
            "shared" => Model.Of([x, z], [(tower(x) + tower(z)).Dense(2)]).Build(seed: 4),
            "nested" => Sequential.Input(3).Add(Sequential.Input(3).Dense(4).Named("first").Tanh().Build(seed: 5)).Add(inner).Build(seed: 6),
            "nested twice" => Sequential.Input(4).Add(inner).Add(inner).Dense(2).Build(seed: 6),
            "activations" => Sequential.Input(3).Parallel(a => a.Gelu(), b => b.Silu(), c => c.Mish(), d => d.Gelu(approximate: true).Residual(e => e.Silu()))
                .Residual(b => b.Softplus(), s => s.Normalize(new double[12], [.. Enumerable.Range(1, 12).Select(i => (double)i)])).Build(seed: 8),
            "many" => Model.Of([image], [Node.Merge(new Concatenate(1), image.Dense(5), image.Dense(5).Relu(), image.Dense(5) + image.Dense(5) + image.Dense(5))])
                .Build(seed: 9),
            "indices" => Model.Of([words, x], [Node.Concatenate(words.Flatten(), words).Reshape(2, 4), x.Dense(2)]).Build(seed: 10),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
    }

    public static Tensor[] Batch(Model model, int rows) =>
    [
        .. model.Inputs.Select((input, i) => input.IsInteger
            ? Tensor.FromIndices([.. Enumerable.Range(0, rows * input.Shape.Size).Select(n => (1 << 24) + n)], input.Shape.Prepend(rows))
            : Tensor.RandomNormal(input.Shape.Prepend(rows), seed: (ulong)i + 1)),
    ];
}
