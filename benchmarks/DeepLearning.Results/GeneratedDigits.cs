namespace DeepLearning.Results;

/// <summary>The digits that the library draws itself: how hard they are for a linear model, and for a hidden layer.</summary>
internal sealed class GeneratedDigits : Experiment
{
    public override string Name => "generated-digits";

    public override string Settings => "20,000 to learn from, 4,000 to test; 784-128-10 ReLU, Adam 1e-3, batch 64, 15 epochs";

    public override string Seeds => "1, 2, 3";

    public override (string Result, string Baseline) Run()
    {
        Dataset train = Synthetic.Digits(20_000, seed: 1), test = Synthetic.Digits(4_000, seed: 2);
        List<double> hidden = [], linear = [];
        for (ulong seed = 1; seed <= 3; seed++)
        {
            hidden.Add(Accuracy(Sequential.Input(28, 28).Flatten().Dense(128).Relu().Dense(10).Softmax().Build(seed), train, test));
            linear.Add(Accuracy(Sequential.Input(28, 28).Flatten().Dense(10).Softmax().Build(seed), train, test));
        }

        return (Summary(hidden), $"linear model, same training: {Summary(linear)}");
    }

    private static double Accuracy(Sequential model, Dataset train, Dataset test)
    {
        model.Compile(new Adam(), new SparseCategoricalCrossEntropy(), new Accuracy()).Fit(train, new FitOptions { Epochs = 15, BatchSize = 64 });
        return model.Evaluate(test)["accuracy"];
    }
}
