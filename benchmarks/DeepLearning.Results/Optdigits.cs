namespace DeepLearning.Results;

/// <summary>UCI's 8×8 digits with their fixed training and test files.</summary>
internal sealed class Optdigits : Experiment
{
    public override string Name => "optdigits";

    public override string Settings => "64-256-128-10 ReLU, dropout 0.3 twice, Adam 1e-3, batch 32, 60 epochs; fixed test file";

    public override string Seeds => "1 … 5";

    public override (string Result, string Baseline) Run()
    {
        Dataset train = Tabular.Load("optdigits.tra.csv", header: true), test = Tabular.Load("optdigits.tes.csv", header: true);
        var accuracies = new List<double>();
        for (ulong seed = 1; seed <= 5; seed++)
        {
            Sequential model = Sequential.Input(64)
                .Dense(256).Relu().Dropout(0.3f)
                .Dense(128).Relu().Dropout(0.3f)
                .Dense(10).Softmax()
                .Build(seed);
            model.Compile(new Adam(), new SparseCategoricalCrossEntropy(), new Accuracy())
                .Fit(Scaled(train), new FitOptions { Epochs = 60, BatchSize = 32 });
            accuracies.Add(model.Evaluate(Scaled(test))["accuracy"]);
        }

        return (Summary(accuracies), $"1-nearest neighbour {100 * Baselines.NearestNeighbour(Scaled(train), Scaled(test)):0.00} %, logistic regression {100 * Baselines.LogisticRegression(Scaled(train), Scaled(test)):0.00} %");
    }

    private static Dataset Scaled(Dataset data) => new(data.Inputs / 16f, data.Targets);
}
