namespace DeepLearning.Benchmarks;

/// <summary>A multilayer perceptron to be timed: ReLU between the layers, logits at the end.</summary>
public sealed class Network(string optimizer, int batchSize, params int[] sizes)
{
    /// <summary>From where the fixed cost of a step is all there is, to where the matrix products are.</summary>
    public static IEnumerable<Network> All =>
    [
        new("SGD momentum", 32, 2, 16, 2),
        new("Adam", 32, 4, 16, 16, 3),
        new("Adam", 32, 64, 64, 10),
        new("Adam", 128, 784, 128, 10),
        new("Adam", 128, 784, 512, 256, 10),
        new("SGD momentum", 128, 784, 512, 512, 10),
    ];

    public int Inputs => sizes[0];

    public int Classes => sizes[^1];

    public Sequential Build()
    {
        SequentialBuilder layers = Sequential.Input(Inputs);
        foreach (int units in sizes[1..^1]) layers.Dense(units).Relu();
        return layers.Dense(Classes).Build(seed: 1);
    }

    /// <summary>One training step, with everything that <c>Fit</c> does for a batch but its gathering.</summary>
    public Action Step()
    {
        Sequential model = Build();
        Optimizer rule = optimizer == "Adam" ? new Adam() : new Sgd(0.01f, momentum: 0.9f);
        var compilation = new Compilation(model, rule, [new SparseCategoricalCrossEntropy { FromLogits = true }]);
        var step = new TrainingStep(model, compilation);
        var means = new RunningFigures(compilation);
        Tensor targets = Tensor.Zeros([batchSize]);
        for (int i = 0; i < batchSize; i++) targets[i] = i % Classes;
        var batch = new Batch(Tensor.RandomNormal([batchSize, Inputs], seed: 2), targets);
        return () =>
        {
            if (!step.Run(batch, means, out float loss)) throw new InvalidOperationException($"Step diverged, the loss is {loss}.");
        };
    }

    public override string ToString() => $"[{string.Join('-', sizes)}] b{batchSize} {optimizer}";
}
