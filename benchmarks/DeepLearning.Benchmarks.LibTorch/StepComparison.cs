using System.Runtime.InteropServices;
using TorchSharp;

namespace DeepLearning.Benchmarks.LibTorch;

/// <summary>One training step on a batch that stands ready: forward, cross-entropy from the logits, backward, update.</summary>
internal sealed class StepComparison : Comparison
{
    private readonly TrainingStep step;
    private readonly RunningFigures means;
    private readonly Batch batch;
    private readonly Sequential model;
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> network;
    private readonly torch.optim.Optimizer optimizer;
    private readonly torch.Tensor x, y;

    public StepComparison(int[] sizes, int batchSize, bool adam, double target)
        : base("Training steps", $"[{string.Join("-", sizes)}], batch {batchSize}, {(adam ? "Adam" : "SGD momentum")}", target)
    {
        var inputs = new float[batchSize * sizes[0]];
        new RandomStream(3).FillNormal(inputs);
        float[] labels = [.. Enumerable.Range(0, batchSize).Select(i => (float)(i * 7 % sizes[^1]))];
        model = Networks.Ours(sizes);
        batch = new Batch(Tensor.From(inputs, [batchSize, sizes[0]]), Tensor.From(labels), null);
        Optimizer ours = adam ? new Adam(LearningRate) { Epsilon = Epsilon } : new Sgd(LearningRate, momentum: 0.9f);
        var compilation = new Compilation(model, ours, [new SparseCategoricalCrossEntropy()]);
        (step, means) = (new TrainingStep(model, compilation), new RunningFigures(compilation));

        network = Networks.Theirs(sizes);
        Networks.CopyWeights(model, network);
        optimizer = adam
            ? torch.optim.Adam(network.parameters(), LearningRate, eps: Epsilon)
            : torch.optim.SGD(network.parameters(), LearningRate, momentum: 0.9);
        x = torch.tensor(inputs, [batchSize, sizes[0]]);
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
        optimizer.zero_grad();
        torch.Tensor loss = torch.nn.functional.cross_entropy(network.forward(x), y);
        loss.backward();
        optimizer.step();
    }

    /// <summary>
    /// After three steps both have moved their weights by the same: the difference is at most 1 % of the movement. Not less, since Adam divides by the
    /// root of squared gradients: where a gradient is nearly 0, its rounding decides about a whole step.
    /// </summary>
    public override void Verify()
    {
        float[] start = Networks.Weights(model);
        for (int i = 0; i < 3; i++)
        {
            Ours();
            Theirs();
        }

        float[] ours = Networks.Weights(model), theirs = Networks.Weights(network);
        double movement = Distance(theirs, start), difference = Distance(ours, theirs);
        if (!(difference <= 0.01 * movement))
            throw new InvalidOperationException($"{Name}: libtorch's weights moved by {movement}, ours end {difference} away from them.");
    }

    private static double Distance(float[] a, float[] b) => Math.Sqrt(a.Zip(b, (x, y) => ((double)x - y) * (x - y)).Sum());
}
