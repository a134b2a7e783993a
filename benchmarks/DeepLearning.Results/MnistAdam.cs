using DeepLearning.Data;

namespace DeepLearning.Results;

/// <summary>The network of scikit-learn's bench_mnist: hidden layers (100, 100), Adam at its rate and batch size.</summary>
internal sealed class MnistAdam : Experiment
{
    public override string Name => "mnist-adam";

    public override string Settings => "784-100-100-10 ReLU, Adam 1e-3, batch 200, up to 100 epochs, early stopping on the last 10 % of the training data (patience 10, best weights); error on the test set";

    public override string Seeds => "1, 2, 3";

    public override (string Result, string Baseline) Run()
    {
        (Dataset train, Dataset test) = Mnist.Load();
        var accuracies = new List<double>();
        foreach (ulong seed in new ulong[] { 1, 2, 3 })
        {
            Sequential model = Sequential.Input(28, 28)
                .Flatten()
                .Dense(100).Relu()
                .Dense(100).Relu()
                .Dense(10).Softmax()
                .Build(seed);
            model.Compile(new Adam(), new SparseCategoricalCrossEntropy(), new Accuracy()).Fit(train, new FitOptions
            {
                Epochs = 100,
                BatchSize = 200,
                ValidationSplit = 0.1,
                Callbacks = [new EarlyStopping { Monitor = "val_accuracy", Patience = 10, RestoreBestWeights = true }],
            });
            accuracies.Add(model.Evaluate(test)["accuracy"]);
        }

        return ($"{100 * (1 - accuracies.Average()):0.00} % error; accuracy {Summary(accuracies)}", "2.24 % error (scikit-learn's bench_mnist, MLP-adam)");
    }
}
