using DeepLearning.Tests.Contracts;

namespace DeepLearning.Tests.Losses;

/// <summary>What a bounded activation lets through are no logits: no cross-entropy of them can be learned to the end.</summary>
public sealed class BoundedActivationTests
{
    private static readonly Activation[] All =
    [
        .. LayerContract.Rows.Select(r => r.Layer).OfType<Activation>()
            .Where(a => a is not LogSoftmax && a.OutputMeaning is not (OutputMeaning.Values or OutputMeaning.LogProbabilities))
            .DistinctBy(a => a.GetType()),
    ];

    public static TheoryData<Activation> Bounded => [.. All];

    [Fact]
    public void All_but_two_activations_are_bounded() => All.Should().HaveCount(14);

    [Theory]
    [MemberData(nameof(Bounded))]
    public void Losses_metrics_and_classifiers_refuse_logits_behind_it(Activation last)
    {
        Sequential model = Sequential.Input(2).Dense(2).Add(last).Build(seed: 1);
        Loss[] losses =
        [
            new BinaryCrossEntropy(fromLogits: true), new BinaryFocalCrossEntropy(fromLogits: true), new CategoricalCrossEntropy(fromLogits: true),
            new SparseCategoricalCrossEntropy(fromLogits: true), new CategoricalFocalCrossEntropy(fromLogits: true),
            new KullbackLeiblerDivergence(fromLogits: true),
        ];
        foreach (Loss loss in losses)
        {
            model.Invoking(m => m.Compile(new Sgd(), loss)).Should().Throw<ArgumentException>()
                .WithMessage($"{loss.Name} with FromLogits expects logits*{last}*remove*");
            model.Invoking(m => m.Compile(new Sgd(), new MeanSquaredError(), loss)).Should().Throw<ArgumentException>().WithMessage("*expects logits*");
        }

        model.Invoking(m => m.Compile(new Sgd(), new MeanSquaredError(), new BinaryAccuracy { FromLogits = true })).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Classifier.Of(model.ToPredictor(), ["no", "yes"], fromLogits: true))
            .Should().Throw<ArgumentException>().WithMessage("*logits*");
    }

    [Fact]
    public void Activations_that_let_all_numbers_through_stay()
    {
        Sequential.Input(2).Dense(2).LeakyRelu().Build().Compile(new Sgd(), new BinaryCrossEntropy(fromLogits: true));
        Sequential.Input(2).Dense(2).LogSoftmax().Build().Compile(new Sgd(), new SparseCategoricalCrossEntropy(fromLogits: true));
        Sequential.Input(2).Dense(2).Build().Compile(new Sgd(), new BinaryCrossEntropy(fromLogits: true)).Metrics.Should().BeEmpty();
    }
}
