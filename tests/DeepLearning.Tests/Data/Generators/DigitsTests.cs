namespace DeepLearning.Tests.Data;

public sealed class DigitsTests
{
    [Fact]
    public void A_linear_model_stays_below_95_percent_and_a_hidden_layer_passes_it()
    {
        Dataset train = Synthetic.Digits(8000, seed: 1), test = Synthetic.Digits(2000, seed: 2);

        float linear = Accuracy(Sequential.Input(28, 28).Flatten().Dense(10).Softmax().Build(seed: 1), train, test);
        float hidden = Accuracy(Sequential.Input(28, 28).Flatten().Dense(128).Relu().Dense(10).Softmax().Build(seed: 1), train, test);

        linear.Should().BeInRange(0.75f, 0.95f);
        hidden.Should().BeGreaterThan(0.95f);
    }

    private static float Accuracy(Sequential model, Dataset train, Dataset test)
    {
        model.Compile(new Adam(), new SparseCategoricalCrossEntropy(), new Accuracy()).Fit(train, new FitOptions { Epochs = 10, BatchSize = 64 });
        return model.Evaluate(test)["accuracy"];
    }
}
