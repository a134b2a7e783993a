namespace DeepLearning.Tests.Metrics;

/// <summary>Accuracies of several places a sample, [batch, places, classes], and targets that they cannot compare with.</summary>
public sealed class AccuracyTests
{
    private static readonly Tensor Predictions = Tensor.From([0.9f, 0.1f, 0.2f, 0.8f, 0.3f, 0.7f, 0.6f, 0.4f], [2, 2, 2]);

    [Fact]
    public void Sparse_accuracy_is_the_share_of_right_places_of_a_sample()
    {
        var values = new float[2];
        new SparseCategoricalAccuracy().PerSample(Predictions, Tensor.From([0f, 1f, 0f, 0f], [2, 2]), values);
        values.Should().Equal(1f, 0.5f);
    }

    [Fact]
    public void Categorical_accuracy_is_the_share_of_right_places_of_a_sample()
    {
        var values = new float[2];
        new CategoricalAccuracy().PerSample(Predictions, Tensor.From([1f, 0f, 0f, 1f, 1f, 0f, 1f, 0f], [2, 2, 2]), values);
        values.Should().Equal(1f, 0.5f);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(2, 2, 1)]
    public void By_hand_an_accuracy_of_one_output_a_place_is_binary(params int[] shape)
    {
        var values = new float[shape[0]];
        new Accuracy().PerSample(Tensor.From([0.9f, 0.2f, 0.5f, 0.51f], new Shape(shape)), Tensor.From([1f, 1f, 0f, 1f], new Shape(shape)), values);
        values.Average().Should().Be(0.75f);
    }

    [Fact]
    public void One_hot_rows_for_labels_and_labels_for_one_hot_rows_throw()
    {
        Tensor predictions = Tensor.Zeros([3, 4]), oneHot = Tensor.Zeros([3, 4]), labels = Tensor.Zeros([3]);
        FluentActions.Invoking(() => new SparseCategoricalAccuracy().PerSample(predictions, oneHot, new float[3]))
            .Should().Throw<ShapeMismatchException>().WithMessage("*one label for each row*[3, 4]*");
        FluentActions.Invoking(() => new CategoricalAccuracy().PerSample(predictions, labels, new float[3]))
            .Should().Throw<ShapeMismatchException>().WithMessage("*[3, 4], got [3]*");
    }

    [Fact]
    public void Line10_NaN_is_no_right_answer()
    {
        Tensor nan = Tensor.Full([2, 2], float.NaN);
        var values = new float[2];
        new SparseCategoricalAccuracy().PerSample(nan, Tensor.Zeros([2]), values);
        values.Should().Equal(0f, 0f);
        new CategoricalAccuracy().PerSample(nan, Tensor.From([1f, 0f, 1f, 0f], [2, 2]), values);
        values.Should().Equal(0f, 0f);
        new BinaryAccuracy().PerSample(nan, Tensor.Zeros([2, 2]), values);
        values.Should().Equal(0f, 0f);
    }

    [Fact]
    public void Line10_of_equal_predictions_the_first_is_the_answer()
    {
        var values = new float[2];
        new SparseCategoricalAccuracy().PerSample(Tensor.Ones([2, 3]), Tensor.From(0f, 1f), values);
        values.Should().Equal(1f, 0f);
    }

    [Theory]
    [InlineData(3f)]
    [InlineData(-1f)]
    [InlineData(1.5f)]
    [InlineData(float.NaN)]
    public void Line10_a_label_that_is_no_class_is_refused(float label)
        => new SparseCategoricalAccuracy().Invoking(m => m.PerSample(Tensor.Zeros([2, 3]), Tensor.From(0f, label), new float[2]))
            .Should().Throw<ArgumentException>().WithMessage($"*from 0 to 2, got {label} in row 1*");

    [Fact]
    public void Line10_one_output_has_no_largest()
    {
        Tensor one = Tensor.Ones([3, 1]);
        MeanMetric[] metrics = [new SparseCategoricalAccuracy(), new CategoricalAccuracy()];
        foreach (MeanMetric metric in metrics)
        {
            metric.Invoking(m => m.PerSample(one, one, new float[3]))
                .Should().Throw<ShapeMismatchException>().WithMessage("*two or more classes*[3, 1]*BinaryAccuracy*");
        }
    }

    [Fact]
    public void Line10_a_binary_accuracy_needs_a_target_for_each_output()
        => new BinaryAccuracy().Invoking(m => m.PerSample(Tensor.Ones([3, 1]), Tensor.Ones([3, 2]), new float[3]))
            .Should().Throw<ShapeMismatchException>().WithMessage("*[3, 1], got [3, 2]*");

    [Theory]
    [InlineData(0f)]
    [InlineData(1f)]
    [InlineData(-2f)]
    [InlineData(float.NaN)]
    public void FoundT13_a_threshold_is_a_probability(float threshold)
        => FluentActions.Invoking(() => new BinaryAccuracy(threshold))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*between 0 and 1*FromLogits*logit 0*");

    [Fact]
    public void Line10_by_hand_several_labels_a_sample_are_not_compared_by_their_largest()
        => new Accuracy().Invoking(m => m.PerSample(Tensor.Ones([1, 3]), Tensor.From([1f, 1f, 0f], [1, 3]), new float[1]))
            .Should().Throw<ArgumentException>().WithMessage("*sum to 1*2 in row 0*");
}
