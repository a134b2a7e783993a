using DeepLearning.Data;

namespace DeepLearning.Results;

/// <summary>Dropout with max-norm as in Srivastava et al. (2014), table 2: three hidden layers of 1,024 ReLU.</summary>
internal sealed class MnistMaxNorm(int epochs) : Experiment
{
    public override string Name => "mnist-max-norm";

    public override string Settings
        => "784-1024-1024-1024-10 ReLU, dropout 0.2 of the inputs and 0.5 of the hidden layers, max-norm 2, Adam 1e-3 with cosine decay, batch 128, "
            + $"{epochs} epochs; accuracy after the last epoch";

    public override string Seeds => "1";

    public override (string Result, string Baseline) Run()
    {
        (Dataset train, Dataset test) = Mnist.Load();
        SequentialBuilder layers = Sequential.Input(28, 28).Flatten().Dropout(0.2);
        for (int hidden = 0; hidden < 3; hidden++) layers = layers.Add(new Dense(1024) { KernelConstraint = new MaxNorm(2) }).Relu().Dropout(0.5);
        Sequential model = layers.Dense(10).Softmax().Build(seed: 1);
        long steps = (long)epochs * train.BatchesPerEpoch(128)!.Value;
        model.Compile(new Adam(new CosineDecay(1e-3, steps)), new SparseCategoricalCrossEntropy(), new Accuracy());
        model.Fit(train, new FitOptions { Epochs = epochs, BatchSize = 128 });
        double accuracy = model.Evaluate(test)["accuracy"];
        return (FormattableString.Invariant($"error {100 * (1 - accuracy):0.00} %"), "error 1.06 % (Srivastava et al. 2014)");
    }
}
