using DeepLearning.Data;

namespace DeepLearning.Results;

/// <summary>Keras's MLP example, with its settings.</summary>
internal sealed class MnistDropout : Experiment
{
    public override string Name => "mnist-dropout";

    public override string Settings => "784-512-512-10 ReLU, dropout 0.2 twice, RmsProp 1e-3, batch 128, 20 epochs; accuracy after the last epoch";

    public override string Seeds => "1, 2, 3";

    public override (string Result, string Baseline) Run()
    {
        (Dataset train, Dataset test) = Mnist.Load();
        var accuracies = new List<double>();
        foreach (ulong seed in new ulong[] { 1, 2, 3 })
        {
            Sequential model = Sequential.Input(28, 28)
                .Flatten()
                .Dense(512).Relu().Dropout(0.2f)
                .Dense(512).Relu().Dropout(0.2f)
                .Dense(10).Softmax()
                .Build(seed);
            model.Compile(new RmsProp(), new SparseCategoricalCrossEntropy(), new Accuracy())
                .Fit(train, new FitOptions { Epochs = 20, BatchSize = 128 });
            accuracies.Add(model.Evaluate(test)["accuracy"]);
        }

        return (Summary(accuracies), "98.40 % (Keras's mnist_mlp example)");
    }
}
