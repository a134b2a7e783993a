using System.Runtime.InteropServices;
using TorchSharp;

namespace DeepLearning.Benchmarks.LibTorch;

/// <summary>One training step on a batch that stands ready: forward, cross-entropy from the logits, backward, update.</summary>
internal sealed partial class StepComparison : Comparison
{
    private readonly TrainingStep step;
    private readonly RunningFigures means;
    private readonly Batch batch;
    private readonly Sequential model;
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> network;
    private readonly torch.optim.Optimizer optimizer;
    private readonly torch.Tensor x, y;
    private readonly bool adam;

    public StepComparison(int[] sizes, int batchSize, bool adam, double target)
        : base("Training steps", $"[{string.Join("-", sizes)}], batch {batchSize}, {(adam ? "Adam" : "SGD momentum")}", target)
    {
        this.adam = adam;
        model = Networks.Ours(sizes);
        Tensor inputs = SmoothInputs.For(model, batchSize);
        float[] labels = [.. Enumerable.Range(0, batchSize).Select(i => (float)(i * 7 % sizes[^1]))];
        batch = new Batch(inputs, Tensor.From(labels), null);
        var compilation = new Compilation(model, OurOptimizer(), [new SparseCategoricalCrossEntropy()]);
        (step, means) = (new TrainingStep(model, compilation), new RunningFigures(compilation));

        network = Networks.Theirs(sizes);
        Networks.CopyWeights(model, network);
        optimizer = TheirOptimizer(network.parameters());
        x = torch.tensor(inputs.AsReadOnlySpan().ToArray(), [batchSize, sizes[0]]);
        y = torch.tensor(labels.Select(l => (long)l).ToArray());
        Flops = 2.0 * batchSize * Enumerable.Range(1, sizes.Length - 1).Sum(i => (i == 1 ? 2.0 : 3.0) * sizes[i - 1] * sizes[i]);
    }

    /// <summary>Small, so that thousands of steps on one batch stay in an ordinary range.</summary>
    private const float LearningRate = 1e-4f;

    /// <summary>So small that it does not matter that Keras, whose Adam ours follows, adds it before v is corrected and PyTorch after.</summary>
    private const float Epsilon = 1e-12f;

    public static IEnumerable<StepComparison> All =>
    [
        new([2, 16, 2], 32, adam: false, 30),
        new([4, 16, 16, 3], 32, adam: true, 30),
        new([64, 64, 10], 32, adam: true, 15),
        new([784, 128, 10], 128, adam: true, 2.2),
        new([784, 512, 256, 10], 128, adam: true, 2),
        new([784, 512, 512, 10], 128, adam: false, 1.7),
        new([784, 1024, 1024, 1024, 10], 256, adam: true, 1.7),
        new([2048, 2048, 2048, 10], 512, adam: true, 1.6),
    ];

    /// <summary>Of the products alone: forward, by the weights, and by the inputs but for the first layer's.</summary>
    public override double Flops { get; }

    public override void Ours()
    {
        if (!step.Run(batch, means, out _)) throw new InvalidOperationException($"{Name} diverged.");
    }

    /// <summary>Rarely (once in some hundred thousand steps) TorchSharp's finalizer frees a scalar that libtorch still reads: such a step is made again.</summary>
    public override void Theirs()
    {
        try
        {
            TheirStep();
        }
        catch (ExternalException)
        {
            TheirStep();
        }
    }

    private void TheirStep()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        TheirBackward();
        optimizer.step();
    }

    private void TheirBackward()
    {
        optimizer.zero_grad();
        torch.Tensor loss = torch.nn.functional.cross_entropy(network.forward(x), y);
        loss.backward();
    }

    private Optimizer OurOptimizer() => adam ? new Adam(LearningRate) { Epsilon = Epsilon } : new Sgd(LearningRate, momentum: 0.9);

    private torch.optim.Optimizer TheirOptimizer(IEnumerable<TorchSharp.Modules.Parameter> parameters)
        => adam ? torch.optim.Adam(parameters, LearningRate, eps: Epsilon) : torch.optim.SGD(parameters, LearningRate, momentum: 0.9);
}
