namespace DeepLearning.Results;

/// <summary>UCI's banknotes: real or forged, from four measures of an image.</summary>
internal sealed class Banknote : CrossValidated
{
    public override string Name => "banknote";

    public override string Settings => "4-16-1 tanh, sigmoid, Adam 1e-2, batch 32, 60 epochs; 10-fold cross-validation, standardised";

    protected override string File => "banknote_authentication.csv";

    protected override int Folds => 10;

    protected override int Repeats => 3;

    protected override FitOptions Options => new() { Epochs = 60, BatchSize = 32 };

    protected override Loss Loss => new BinaryCrossEntropy();

    protected override Sequential Build(ulong seed) => Sequential.Input(4).Dense(16).Tanh().Dense(1).Sigmoid().Build(seed);

    protected override Optimizer Optimizer() => new Adam(1e-2f);
}
