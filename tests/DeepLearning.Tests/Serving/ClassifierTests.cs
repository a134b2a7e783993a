using DeepLearning.Tests.Support;
using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Serving;

public sealed class ClassifierTests
{
    private enum Tree
    {
        Cedar,
        Ash,
        Birch,
    }

    private enum Change
    {
        None = 0,
        Up = 1,
        Down = -1,
    }

    private enum Answer
    {
        No = 0,
        Yes = 1,
#pragma warning disable CA1069 // Such enums exist.
        Ja = 1,
#pragma warning restore CA1069
    }

    [Fact]
    public void The_most_likely_labels_come_first_and_equals_in_their_order()
    {
        Classifier<string> classifier = Classifier.Of(Fixed(softmax: true, 1f, 3f, 2f, 3f), ["a", "b", "c", "d"]);
        var best = new Classification<string>[6];
        classifier.Top([0f], best).Should().Be(4);
        best.Take(4).Select(b => b.Label).Should().Equal("b", "d", "c", "a");
        best.Take(4).Sum(b => b.Probability).Should().BeApproximately(1f, 1e-6f);
        classifier.Top([0f], best.AsSpan(0, 2)).Should().Be(2);
        best.Take(2).Select(b => b.Label).Should().Equal("b", "d");
        classifier.Top([0f], []).Should().Be(0);
        classifier.Classify([0f]).Label.Should().Be("b");
        classifier.Labels.Should().Equal("a", "b", "c", "d");
    }

    [Fact]
    public void Top_agrees_with_sorting_everything()
    {
        Sequential model = Sequential.Input(6).Dense(300).Softmax().Build(seed: 5);
        Classifier<int> classifier = Classifier.Of(model.ToPredictor(), [.. Enumerable.Range(0, 300)]);
        Tensor x = Tensor.RandomNormal([20, 6], seed: 6), y = model.Predict(x);
        var best = new Classification<int>[7];
        for (int row = 0; row < 20; row++)
        {
            float[] p = y.ToArray()[(row * 300)..((row + 1) * 300)];
            classifier.Top(x.AsSpan().Slice(row * 6, 6), best);
            best.Should().Equal(p.Select((value, label) => new Classification<int>(label, value)).OrderByDescending(c => c.Probability).Take(7));
        }
    }

    [Fact]
    public async Task A_batch_gives_the_label_of_each_sample()
    {
        Sequential model = TrainingCases.Classifier().Compile(new Adam(0.05f), new SparseCategoricalCrossEntropy());
        Dataset data = TrainingCases.Blobs(60);
        model.Fit(data, new FitOptions { Epochs = 20 });
        Classifier<Tree> classifier = Classifier.OfEnum<Tree>(model.ToPredictor());
        Classification<Tree>[] all = classifier.Classify(data.Inputs);
        all.Where((c, i) => (int)c.Label == data.Labels[i]).Count().Should().BeGreaterThan(54, "the corners lie far apart");
        (await classifier.ClassifyAsync(data.Inputs)).Should().Equal(all);
        classifier.Classify(data.Inputs.AsSpan()[..4]).Label.Should().Be(all[0].Label);
    }

    [Fact]
    public void One_output_stands_for_two_labels_the_negative_first()
    {
        Classifier<bool> sigmoid = Classifier.Of(Fixed(softmax: false, 1.5f), [false, true]);
        sigmoid.Classify([0f]).Should().Be(new Classification<bool>(true, Sigmoid(1.5f)));
        var both = new Classification<bool>[2];
        Classifier.Of(Fixed(softmax: false, -1.5f), [false, true]).Top([0f], both);
        both.Select(b => b.Label).Should().Equal(false, true);
        both.Sum(b => b.Probability).Should().BeApproximately(1f, 1e-6f);
    }

    [Fact]
    public void Logits_become_probabilities_where_they_are_said_to_be_logits()
    {
        Classifier<char> classes = Classifier.Of(Fixed(softmax: null, 0f, MathF.Log(3f)), ['a', 'b'], fromLogits: true);
        classes.Classify([0f]).Label.Should().Be('b');
        // Three to one, by exponentials in single precision.
        classes.Classify([0f]).Probability.Should().BeApproximately(0.75f, 1e-6f);
        Classifier.Of(Fixed(softmax: null, MathF.Log(3f)), ['n', 'y'], fromLogits: true).Classify([0f]).Probability.Should().BeApproximately(0.75f, 1e-6f);
    }

    [Fact]
    public void Class_names_of_the_model_are_labels_and_find_their_enum_members()
    {
        Sequential model = TrainingCases.Classifier();
        model.Invoking(m => Classifier.Of(m.ToPredictor())).Should().Throw<ArgumentException>().WithMessage("*no class names*");
        Classifier.OfEnum<Tree>(model.ToPredictor()).Labels.Should().Equal(Tree.Cedar, Tree.Ash, Tree.Birch);
        model.ClassNames = ["ash", "birch", "cedar"];
        Classifier.Of(model.ToPredictor()).Labels.Should().Equal("ash", "birch", "cedar");
        Classifier.OfEnum<Tree>(model.ToPredictor()).Labels.Should().Equal(Tree.Ash, Tree.Birch, Tree.Cedar);
        model.ClassNames = ["ash", "1", "cedar"];
        model.Invoking(m => Classifier.OfEnum<Tree>(m.ToPredictor())).Should().Throw<ArgumentException>().WithMessage("*1 is not a member of Tree: Cedar*");
    }

    [Fact]
    public void Negative_members_come_first_and_two_names_of_one_value_are_refused()
    {
        Classifier.OfEnum<Change>(Fixed(softmax: true, 1f, 2f, 3f)).Labels.Should().Equal(Change.Down, Change.None, Change.Up);
        Refused(() => Classifier.OfEnum<Answer>(Fixed(softmax: true, 1f, 2f, 3f)), "*Answer has more than one name for the value 1*");
        Sequential model = TrainingCases.Classifier();
        model.ClassNames = ["no", "yes", "ja"];
        Refused(() => Classifier.OfEnum<Answer>(model.ToPredictor()), "*Answer has more than one name for the value 1*");
        Sequential two = Sequential.Input(2).Dense(2).Softmax().Build();
        two.ClassNames = ["yes", "no"];
        Classifier.OfEnum<Answer>(two.ToPredictor()).Labels.Should().Equal(Answer.Yes, Answer.No);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Refused(() => Classifier.Of(Fixed(softmax: true, 1f, 2f), ["a"]), "*2 values has 2 labels, got 1*");
        Refused(() => Classifier.Of(Fixed(softmax: false, 1f), ["a"]), "*1 values has 2 labels, got 1*");
        Refused(() => Classifier.Of(Fixed(softmax: null, 1f, 2f), ["a", "b"]), "*neither in Softmax nor in Sigmoid*");
        Refused(() => Classifier.Of(Fixed(softmax: true, 1f, 2f), ["a", "b"], fromLogits: true), "*not logits*");
        Refused(() => Classifier.Of(Sequential.Input(3, 2).Dense(2).Softmax().Build().ToPredictor(), ["a", "b"]), "*[batch, classes]*[batch, 3, 2]*");
        Refused(() => Classifier.Of(Fixed(softmax: true, 1f, 2f), ["a", "b"]).Classify([1f, 2f]), "*One sample has 1 values, got 2*");
        Refused(() => Classifier.Of(Fixed(softmax: true, 1f, 2f), ["a", "b"]).Classify([float.NaN]), "*NaN*'sample'*");
        Refused(() => Classifier.Of(Fixed(softmax: true, 1f, 2f), ["a", "b"]).Classify(Tensor.From([float.NaN], [1, 1])), "*NaN*'samples'*");
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(300, true)]
    [InlineData(1, false)]
    public void Classifying_a_span_allocates_nothing(int outputs, bool softmax)
    {
        Classifier<string> classifier = Classifier.Of(Fixed(softmax, [.. Enumerable.Range(0, outputs).Select(i => (float)i)]),
            [.. Enumerable.Range(0, Math.Max(2, outputs)).Select(i => $"{i}")]);
        var best = new Classification<string>[2];
        float[] sample = [0f];
        classifier.Top(sample, best);
        Allocations.Least(() =>
        {
            classifier.Top(sample, best);
            classifier.Classify(sample);
        }).Should().Be(0);
    }

    [Fact]
    public void Line10_a_model_that_gives_several_labels_names_no_class()
    {
        Predictor several = Fixed(softmax: false, 2f, 1f, -1f);
        Refused(() => Classifier.Of(several, ["a", "b", "c"]), "*Sigmoid with 3 outputs*several labels*Classifier.MultiLabel*Softmax*");
        Refused(() => Classifier.OfEnum<Tree>(several), "*Classifier.MultiLabel*");
        Sequential named = Sequential.Input(1).Dense(2).Sigmoid().Build();
        named.ClassNames = ["a", "b"];
        Refused(() => Classifier.Of(named.ToPredictor()), "*Classifier.MultiLabel*");
    }

    [Theory]
    [InlineData(0.5f, "yes", "yes", "no")]
    [InlineData(0.9f, "yes", "no", "no")]
    [InlineData(0.1f, "yes", "yes", "yes")]
    public void Line10_one_output_is_positive_above_the_threshold(float threshold, params string[] answers)
    {
        float[] logits = [3f, 1f, -1f];
        for (int i = 0; i < 3; i++)
        {
            Classifier<string> probabilities = Classifier.Of(Fixed(softmax: false, logits[i]), ["no", "yes"], threshold: threshold);
            Classifier<string> fromLogits = Classifier.Of(Fixed(softmax: null, logits[i]), ["no", "yes"], fromLogits: true, threshold);
            foreach (Classifier<string> classifier in new[] { probabilities, fromLogits })
            {
                Classification<string> answer = classifier.Classify([0f]);
                answer.Label.Should().Be(answers[i]);
                float yes = Sigmoid(logits[i]);
                answer.Probability.Should().BeApproximately(answers[i] == "yes" ? yes : 1f - yes, 1e-6f, "the probability is that of the label");
                var both = new Classification<string>[2];
                classifier.Top([0f], both).Should().Be(2);
                both[0].Should().Be(answer, "the chosen label comes first");
                both[1].Label.Should().NotBe(answer.Label);
                classifier.Classify(Tensor.Zeros([2, 1])).Should().Equal(answer, answer);
                classifier.Threshold.Should().Be(threshold);
            }
        }
    }

    [Fact]
    public void Line10_a_threshold_of_the_model_with_names_and_of_an_enum()
    {
        Sequential model = Sequential.Input(1).Dense(1).Sigmoid().Build();
        model.ClassNames = ["none", "up"];
        Predictor even = model.ToPredictor();
        Classifier.Of(even).Classify([0f]).Label.Should().Be("none", "0.5 is not above 0.5");
        Classifier.Of(even, threshold: 0.4f).Classify([0f]).Label.Should().Be("up");
        Classifier.OfEnum<Change>(even, threshold: 0.4f).Classify([0f]).Label.Should().Be(Change.Up);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1f)]
    [InlineData(float.NaN)]
    public void Line10_a_threshold_outside_0_to_1_is_refused(float threshold)
    {
        FluentActions.Invoking(() => Classifier.Of(Fixed(softmax: false, 1f), ["a", "b"], threshold: threshold))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(threshold));
        FluentActions.Invoking(() => Classifier.MultiLabel(Fixed(softmax: false, 1f, 2f), ["a", "b"], threshold: threshold))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(threshold));
        Refused(() => Classifier.Of(Fixed(softmax: true, 1f, 2f), ["a", "b"], threshold: 0.7f), "*single output*most likely*");
    }

    [Fact]
    public void Line10_what_leaves_a_bounded_activation_are_no_logits()
    {
        Sequential[] models =
        [
            Sequential.Input(1).Dense(1).HardSigmoid().Build(), Sequential.Input(1).Dense(1).Tanh().Build(), Sequential.Input(1).Dense(1).Softsign().Build(),
            Sequential.Input(1).Dense(1).Relu().Build(),
        ];
        foreach (Sequential model in models)
        {
            Refused(() => Classifier.Of(model.ToPredictor(), ["a", "b"], fromLogits: true), "*not logits*");
            Refused(() => Classifier.Of(model.ToPredictor(), ["a", "b"]), "*neither in Softmax nor in Sigmoid*");
        }
    }

    private static void Refused(Action action, string message) => action.Should().Throw<ArgumentException>().WithMessage(message);

    private static float Sigmoid(float x)
    {
        Tensor y = Tensor.Scalar(x).Sigmoid();
        return y.ToScalar();
    }

    [Fact]
    public async Task Line22_a_tensor_of_one_sample_gives_one_class()
    {
        Classifier<string> classifier = Classifier.Of(Sequential.Input(3).Reshape(3).Softmax().Build().ToPredictor(), ["a", "b", "c"]);
        classifier.Classify(Tensor.From(1f, 3f, 2f)).Should().ContainSingle().Which.Should().Be(classifier.Classify([1f, 3f, 2f]));
        (await classifier.ClassifyAsync(Tensor.From(1f, 3f, 2f))).Select(c => c.Label).Should().Equal("b");
        classifier.Classify(Tensor.Zeros([0, 3])).Should().BeEmpty();
        Classifier<string> single = Classifier.Of(Sequential.Input(2).Dense(1).Sigmoid().Build().ToPredictor(), ["no", "yes"]);
        single.Classify(Tensor.From(0f, 0f)).Select(c => c.Label).Should().Equal("no");
    }

    /// <summary>A model that gives these values before its last layer, whatever comes in.</summary>
    private static Predictor Fixed(bool? softmax, params float[] values)
    {
        SequentialBuilder builder = Sequential.Input(1).Dense(values.Length);
        Sequential model = (softmax switch { true => builder.Softmax(), false => builder.Sigmoid(), null => builder }).Build();
        model.Parameters["dense.kernel"].Assign(Tensor.Zeros([1, values.Length]));
        model.Parameters["dense.bias"].Assign(Tensor.From(values));
        return model.ToPredictor();
    }
}
