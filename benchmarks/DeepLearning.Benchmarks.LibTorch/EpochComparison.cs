using TorchSharp;

namespace DeepLearning.Benchmarks.LibTorch;

/// <summary>
/// One epoch over images of MNIST's size, shuffled, gathered into batches of 128, with dropout: what a user waits for. libtorch gathers with
/// <c>index_select</c> from a tensor, its fastest way; its data loader would be slower.
/// </summary>
internal sealed class EpochComparison : Comparison
{
    private const int Samples = 60_000, BatchSize = 128, Features = 784, Classes = 10;
    private const float Dropout = 0.2f;
    private const double LearningRate = 1e-5;
    private static readonly int[] Sizes = [Features, 512, 512, Classes];

    private readonly Sequential model;
    private readonly Dataset data;
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> network;
    private readonly torch.optim.Optimizer optimizer;
    private readonly torch.Tensor x, y;

    public EpochComparison() : base("Epoch", $"[{string.Join("-", Sizes)}], dropout, RMSprop, 60,000 samples", 2)
    {
        var inputs = new float[Samples * Features];
        new RandomStream(4).FillUniform(inputs, 0f, 1f);
        float[] labels = [.. Enumerable.Range(0, Samples).Select(i => (float)(i * 7 % Classes))];
        data = new Dataset(Tensor.From(inputs, [Samples, Features]), Tensor.From(labels));
        model = Networks.Ours(Sizes, Dropout);
        model.Compile(OurOptimizer(), new SparseCategoricalCrossEntropy());
        network = Networks.Theirs(Sizes, Dropout);
        Networks.CopyWeights(model, network);
        optimizer = TheirOptimizer(network.parameters());
        x = torch.tensor(inputs, [Samples, Features]);
        y = torch.tensor(labels.Select(l => (long)l).ToArray());
    }

    public override void Ours() => model.Fit(data, new FitOptions { Epochs = 1, BatchSize = BatchSize });

    public override void Theirs()
    {
        using torch.Tensor order = torch.randperm(Samples, torch.ScalarType.Int64);
        for (int start = 0; start < Samples; start += BatchSize)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            torch.Tensor rows = order.narrow(0, start, Math.Min(BatchSize, Samples - start));
            optimizer.zero_grad();
            torch.Tensor loss = torch.nn.functional.cross_entropy(network.forward(x.index_select(0, rows)), y.index_select(0, rows));
            loss.backward();
            optimizer.step();
        }
    }

    /// <summary>
    /// The optimizer's formula, and the loss: two libraries drop different units, so that of the whole no more can be compared, and both networks are near
    /// ln 10 on random labels.
    /// </summary>
    public override void Verify()
    {
        (float[] ourUpdates, float[] theirUpdates) = OptimizerSteps.Run(OurOptimizer(), TheirOptimizer);
        RequireClose("updates from the same gradients", ourUpdates, theirUpdates);
        RequireClose("losses", [model.Evaluate(data)["loss"]], [TheirLoss()], 1e-4);
    }

    private float TheirLoss()
    {
        using IDisposable mode = torch.inference_mode();
        using DisposeScope scope = torch.NewDisposeScope();
        network.eval();
        float loss = torch.nn.functional.cross_entropy(network.forward(x), y).item<float>();
        network.train();
        return loss;
    }

    /// <summary>Each ε so small that it does not matter that ours, as Keras's, is inside the root and PyTorch's outside.</summary>
    private static RmsProp OurOptimizer() => new(LearningRate) { Epsilon = 1e-14 };

    private static torch.optim.Optimizer TheirOptimizer(IEnumerable<TorchSharp.Modules.Parameter> parameters)
        => torch.optim.RMSProp(parameters, LearningRate, alpha: 0.9, eps: 1e-12);
}
