namespace DeepLearning.Results;

/// <summary>Fisher's iris: three species from four measures.</summary>
internal sealed class Iris : CrossValidated
{
    public override string Name => "iris";

    public override string Settings => "4-16-3 tanh, Adam 1e-2 with weight decay 1e-2, batch 16, 60 epochs; 10-fold cross-validation, standardised";

    protected override string File => "iris.csv";

    protected override int Folds => 10;

    protected override int Repeats => 5;

    protected override FitOptions Options => new() { Epochs = 60, BatchSize = 16 };

    protected override Sequential Build(ulong seed) => Sequential.Input(4).Dense(16).Tanh().Dense(3).Softmax().Build(seed);

    protected override Optimizer Optimizer() => new Adam(1e-2f) { WeightDecay = 1e-2f };
}
