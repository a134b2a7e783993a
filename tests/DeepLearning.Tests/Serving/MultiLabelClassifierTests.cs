namespace DeepLearning.Tests.Serving;

public sealed class MultiLabelClassifierTests
{
    [Fact]
    public void Line10_a_sample_has_each_label_above_the_threshold()
    {
        MultiLabelClassifier<string> classifier = Classifier.MultiLabel(Identity(3), ["sport", "politics", "music"]);
        classifier.Classify([1f, -1f, 2f]).Select(c => c.Label).Should().Equal("music", "sport");
        classifier.Classify([1f, -1f, 2f])[1].Probability.Should().BeApproximately((float)(1 / (1 + Math.Exp(-1))), 1e-6f);
        classifier.Classify([-1f, -1f, 0f]).Should().BeEmpty("a probability of 0.5 is not above it");
        Classification<string>[][] all = classifier.Classify(new float[,] { { 1, -1, 2 }, { -1, -1, 0 }, { 3, 3, 3 } });
        all.Select(c => c.Length).Should().Equal(2, 0, 3);
        all[2].Select(c => c.Label).Should().Equal("sport", "politics", "music");
        classifier.Labels.Should().Equal("sport", "politics", "music");
        classifier.Threshold.Should().Be(0.5f);
    }

    [Fact]
    public void Line10_the_threshold_is_a_probability_of_logits_too()
    {
        foreach (bool fromLogits in new[] { false, true })
        {
            MultiLabelClassifier<int> classifier = Classifier.MultiLabel(Identity(2, sigmoid: !fromLogits), [1, 2], fromLogits, threshold: 0.8f);
            // logit(0.8) is 1.386.
            classifier.Classify([1.38f, 1.39f]).Select(c => c.Label).Should().Equal(2);
        }
    }

    [Fact]
    public void Line10_class_names_of_the_model_are_the_labels()
    {
        Sequential model = Sequential.Input(2).Dense(2).Sigmoid().Build();
        model.Invoking(m => Classifier.MultiLabel(m.ToPredictor())).Should().Throw<ArgumentException>().WithMessage("*no class names*");
        model.ClassNames = ["a", "b"];
        Classifier.MultiLabel(model.ToPredictor(), threshold: 0.4f).Classify([0f, 0f]).Select(c => c.Label).Should().Equal("a", "b");
    }

    [Fact]
    public void Line10_what_does_not_fit_is_refused()
    {
        Refused(() => Classifier.MultiLabel(Sequential.Input(2).Dense(2).Softmax().Build().ToPredictor(), ["a", "b"]), "*Softmax*one class*Classifier.Of*");
        Refused(() => Classifier.MultiLabel(Sequential.Input(2).Dense(1).Sigmoid().Build().ToPredictor(), ["a"]), "*single output*Classifier.Of*");
        Refused(() => Classifier.MultiLabel(Sequential.Input(2).Dense(2).Build().ToPredictor(), ["a", "b"]), "*neither in Softmax nor in Sigmoid*");
        Refused(() => Classifier.MultiLabel(Identity(2), ["a"]), "*2 values has 2 labels, got 1*");
        Refused(() => Classifier.MultiLabel(Identity(2), ["a", "b"]).Classify([1f]), "*One sample has 2 values, got 1*");
        Refused(() => Classifier.MultiLabel(Identity(2), ["a", "b"]).Classify([1f, float.NaN]), "*NaN*'sample'*");
        Refused(() => Classifier.MultiLabel(Identity(2), ["a", "b"]).Classify(Tensor.From([float.NaN, 1f], [1, 2])), "*NaN*'samples'*");
    }

    [Fact]
    public void Line22_a_tensor_of_one_sample_gives_the_labels_of_one()
        => Classifier.MultiLabel(Identity(3), ["a", "b", "c"]).Classify(Tensor.From(1f, -1f, 2f)).Should().ContainSingle()
            .Which.Select(c => c.Label).Should().Equal("c", "a");

    private static void Refused(Action action, string message) => action.Should().Throw<ArgumentException>().WithMessage(message);

    /// <summary>A model whose logits are its inputs.</summary>
    private static Predictor Identity(int count, bool sigmoid = true)
    {
        SequentialBuilder builder = Sequential.Input(count).Reshape(count);
        return (sigmoid ? builder.Sigmoid() : builder).Build().ToPredictor();
    }
}
