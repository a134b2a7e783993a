using TorchSharp;

namespace DeepLearning.Benchmarks.LibTorch;

/// <summary>A prediction: ours copies the rows in and the logits out, libtorch computes from a tensor to a tensor.</summary>
internal sealed class InferenceComparison : Comparison
{
    private readonly Sequential model;
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> network;
    private readonly float[] inputs, predictions;
    private readonly torch.Tensor x;

    public InferenceComparison(int[] sizes, int rows, double target)
        : base("Inference", $"[{string.Join("-", sizes)}], {(rows == 1 ? "one row" : $"{rows} rows")}", target)
    {
        model = Networks.Ours(sizes, softmax: false);
        network = Networks.Theirs(sizes);
        Networks.CopyWeights(model, network);
        network.eval();
        foreach (var parameter in network.parameters()) parameter.requires_grad = false;
        inputs = new float[rows * sizes[0]];
        predictions = new float[rows * sizes[^1]];
        new RandomStream(3).FillNormal(inputs);
        x = torch.tensor(inputs, [rows, sizes[0]]);
    }

    public static IEnumerable<InferenceComparison> All =>
    [
        new([784, 512, 10], 1, 1.5),
        new([4, 16, 16, 3], 1, 20),
        new([784, 512, 10], 256, 1.3),
    ];

    public override void Ours() => model.Predict(inputs, predictions);

    /// <summary>Without a record for gradients, since no parameter asks for one.</summary>
    public override void Theirs() => network.forward(x).Dispose();

    public override void Verify()
    {
        Ours();
        RequireClose("predictions", predictions, network.forward(x).data<float>().ToArray());
    }
}
