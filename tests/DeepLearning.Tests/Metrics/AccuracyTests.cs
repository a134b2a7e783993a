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

    [Fact]
    public void One_hot_rows_for_labels_and_labels_for_one_hot_rows_throw()
    {
        Tensor predictions = Tensor.Zeros([3, 4]), oneHot = Tensor.Zeros([3, 4]), labels = Tensor.Zeros([3]);
        FluentActions.Invoking(() => new SparseCategoricalAccuracy().PerSample(predictions, oneHot, new float[3]))
            .Should().Throw<ShapeMismatchException>().WithMessage("*one label for each row*[3, 4]*");
        FluentActions.Invoking(() => new CategoricalAccuracy().PerSample(predictions, labels, new float[3]))
            .Should().Throw<ShapeMismatchException>().WithMessage("*[3, 4], got [3]*");
    }
}
