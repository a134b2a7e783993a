namespace DeepLearning.Results;

/// <summary>Rocks against mines from sonar returns, by the 13 folds of Gorman and Sejnowski 1988.</summary>
internal sealed class Sonar : CrossValidated
{
    public override string Name => "sonar";

    public override string Settings => "60-128-1 ReLU, dropout 0.1 of the inputs and 0.3, sigmoid, Adam 3e-3 with weight decay 0.1, batch 16, 100 epochs; 13-fold cross-validation, standardised";

    protected override string File => "sonar.csv";

    protected override int Folds => 13;

    protected override int Repeats => 5;

    protected override FitOptions Options => new() { Epochs = 100, BatchSize = 16 };

    protected override Loss Loss => new BinaryCrossEntropy();

    protected override Sequential Build(ulong seed) => Sequential.Input(60).Dropout(0.1f).Dense(128).Relu().Dropout(0.3f).Dense(1).Sigmoid().Build(seed);

    protected override Optimizer Optimizer() => new Adam(3e-3f) { WeightDecay = 0.1f };
}
