using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace DeepLearning.Tests.Training;

/// <summary>
/// One hash over the weights of a model with dropout, trained on batches large enough that products and elementwise loops are shared among threads.
/// </summary>
internal static class TrainedHash
{
    public static string Compute() => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<int>(Train().Model.Bits())));

    /// <summary>The loss over the training data after training.</summary>
    public static float Loss()
    {
        (Sequential model, Dataset data) = Train();
        return model.Evaluate(data).Loss;
    }

    private static (Sequential Model, Dataset Data) Train()
    {
        Tensor x = Tensor.RandomNormal([600, 64], seed: 1);
        int[] labels = [.. Enumerable.Range(0, 600).Select(i => i % 10)];
        Sequential model = Sequential.Input(64).Dense(512).Relu().Dropout(0.2f).Dense(512).Tanh().Dense(10).Softmax().Build(seed: 5);
        model.Compile(new Adam(), new SparseCategoricalCrossEntropy(), new Accuracy());
        var data = new Dataset(x, labels);
        model.Fit(data, new FitOptions { BatchSize = 256, Epochs = 2 });
        return (model, data);
    }
}
