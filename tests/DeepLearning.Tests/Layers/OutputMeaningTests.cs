namespace DeepLearning.Tests.Layers;

/// <summary>A custom layer that says what it makes is treated as the built-in one of the same meaning, where the class was asked for before.</summary>
public sealed class OutputMeaningTests
{
    private static readonly Tensor X = Tensor.RandomNormal([12, 2], seed: 1);

    [Fact]
    public void Categorical_cross_entropy_takes_a_custom_softmax_and_computes_it_of_the_probabilities()
    {
        Tensor labels = Tensor.From([.. Enumerable.Range(0, 12).Select(i => i % 3f)], [12]);
        Sequential custom = Compiled(3, new Cooled(1f), new SparseCategoricalCrossEntropy()), known = Compiled(3, new Softmax(), new SparseCategoricalCrossEntropy());
        custom.Metrics.Select(m => m.ToString()).Should().Equal("SparseCategoricalAccuracy");
        double before = custom.Evaluate(X, labels).Loss;
        before.Should().BeApproximately(known.Evaluate(X, labels).Loss, 1e-5);
        custom.Fit(X, labels, new FitOptions { Epochs = 20 });
        custom.Evaluate(X, labels).Loss.Should().BeLessThan((float)before);
        Compiled(3, new Cooled(1f), new CategoricalCrossEntropy()).Invoking(m => m.Compile(new Sgd(), new BinaryCrossEntropy())).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Its_output_is_no_logit()
    {
        Sequential model = Sequential.Input(2).Dense(3).Add(new Cooled(2f)).Build();
        model.Invoking(m => m.Compile(new Sgd(), new CategoricalCrossEntropy(fromLogits: true))).Should().Throw<ArgumentException>().WithMessage("*remove one of the two*");
        FluentActions.Invoking(() => Classifier.Of(model.ToPredictor(), ["a", "b", "c"], fromLogits: true)).Should().Throw<ArgumentException>();
        Sequential.Input(2).Dense(3).Add(new Square()).Build().Invoking(m => m.Compile(new Sgd(), new BinaryCrossEntropy(fromLogits: true)))
            .Should().Throw<ArgumentException>().WithMessage("*limits the outputs*");
    }

    [Fact]
    public void A_classifier_is_made_of_it()
    {
        Predictor predictor = Sequential.Input(2).Dense(3).Add(new Cooled(2f)).Build(seed: 1).ToPredictor();
        (predictor.GivesProbabilities, predictor.OutputMeaning, predictor.OutputActivation).Should().Be((true, OutputMeaning.Probabilities, null));
        Classifier.Of(predictor, ["a", "b", "c"]).Classify([1f, 2f]).Label.Should().BeOneOf("a", "b", "c");
        FluentActions.Invoking(() => Classifier.MultiLabel(predictor, ["a", "b", "c"])).Should().Throw<ArgumentException>();
        Predictor bounded = Sequential.Input(2).Dense(3).Add(new Square()).Build().ToPredictor();
        bounded.GivesProbabilities.Should().BeFalse();
        FluentActions.Invoking(() => Classifier.Of(bounded, ["a", "b", "c"], fromLogits: true)).Should().Throw<ArgumentException>()
            .WithMessage("*ends in a layer of Bounded*not logits*");
    }

    [Fact]
    public void Over_a_single_value_it_learns_nothing_and_is_refused()
        => Sequential.Input(2).Dense(1).Add(new Cooled(2f)).Build().Invoking(m => m.Compile(new Sgd(), new MeanSquaredError()))
            .Should().Throw<ArgumentException>().WithMessage("*single value*gives 1 for every input*");

    [Fact]
    public void A_yes_or_no_chooses_the_binary_accuracy()
        => Sequential.Input(2).Dense(1).Add(new Half()).Build().Compile(new Sgd(), new MeanSquaredError(), new Accuracy()).Metrics.Select(m => m.ToString())
            .Should().Equal("BinaryAccuracy(0.5)");

    [Fact]
    public void Only_what_has_logits_is_left_out_by_Logits()
    {
        Sequential custom = Sequential.Input(2).Dense(3).Add(new Cooled(2f)).Build(), known = Sequential.Input(2).Dense(3).Softmax().Build();
        custom.Invoking(m => m.Logits(X)).Should().Throw<InvalidOperationException>("probabilities would pass for logits").WithMessage("*Cooled()*Probabilities*Forward*");
        known.Logits(X).ToArray().Should().NotEqual(known.Forward(X).ToArray());
    }

    private static Sequential Compiled(int units, Layer last, Loss loss)
        => Sequential.Input(2).Dense(units).Add(last).Build(seed: 3).Compile(new Sgd(), loss, new Accuracy());

    /// <summary>softmax(x / temperature).</summary>
    private sealed class Cooled(float temperature) : Layer
    {
        public override OutputMeaning OutputMeaning => OutputMeaning.Probabilities;

        public override Tensor Forward(Tensor x, LayerContext context) => (x / temperature).Softmax();
    }

    private sealed class Square : Layer
    {
        public override OutputMeaning OutputMeaning => OutputMeaning.Bounded;

        public override Tensor Forward(Tensor x, LayerContext context) => x * x;
    }

    private sealed class Half : Layer
    {
        public override OutputMeaning OutputMeaning => OutputMeaning.IndependentProbabilities;

        public override Tensor Forward(Tensor x, LayerContext context) => x.Sigmoid();
    }
}
