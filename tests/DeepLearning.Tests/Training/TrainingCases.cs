namespace DeepLearning.Tests.Training;

/// <summary>Small data sets and models that the tests of training share.</summary>
internal static class TrainingCases
{
    public static Dataset Xor { get; } = new(new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }, new float[] { 0, 1, 1, 0 });

    /// <summary>Points around three far corners, 4 features, labels 0 to 2.</summary>
    public static Dataset Blobs(int count, ulong seed = 1)
    {
        Tensor x = Tensor.RandomNormal([count, 4], seed);
        var labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % 3;
            x[i, labels[i]] += 4f;
        }

        return new Dataset(x, labels);
    }

    /// <summary>y = 2a − 3b + 0.5 without noise.</summary>
    public static Dataset Plane(int count, ulong seed = 2)
    {
        Tensor x = Tensor.RandomNormal([count, 2], seed), y = Tensor.Zeros([count, 1]);
        for (int i = 0; i < count; i++) y[i, 0] = 2f * x[i, 0] - 3f * x[i, 1] + 0.5f;
        return new Dataset(x, y);
    }

    public static Sequential Classifier(ulong seed = 7, float dropout = 0.2f)
        => Sequential.Input(4).Dense(8).Relu().Dropout(dropout).Dense(3).Softmax().Build(seed)
            .Compile(new Adam(0.01f), new SparseCategoricalCrossEntropy(), new Accuracy());

    public static Sequential Line(float learningRate = 0.1f)
        => Sequential.Input(2).Dense(1).Build(seed: 3).Compile(new Sgd(learningRate), new MeanSquaredError());

    /// <summary>All weights, bit by bit.</summary>
    public static int[] Bits(this Model model)
        => [.. model.Parameters.SelectMany(p => p.Value.ToArray()).Select(BitConverter.SingleToInt32Bits)];
}
