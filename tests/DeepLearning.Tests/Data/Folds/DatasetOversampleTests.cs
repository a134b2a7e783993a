namespace DeepLearning.Tests.Data.Folds;

public sealed class DatasetOversampleTests
{
    [Fact]
    public void Every_class_has_as_many_rows_as_the_largest_and_rows_are_repeated_equally_often()
    {
        int[] labels = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2];
        Dataset balanced = new Dataset(Tensor.Range(11), labels).Oversample(seed: 2);

        balanced.Labels.GroupBy(l => l).OrderBy(g => g.Key).Select(g => g.Count()).Should().Equal(7, 7, 7);
        balanced.Inputs.ToArray().Take(11).Should().Equal(Enumerable.Range(0, 11).Select(r => (float)r), "the rows come first, in their order");
        balanced.Inputs.ToArray().Where(r => r is >= 7 and < 10).GroupBy(r => r).Select(g => g.Count()).Order().Should().Equal(2, 2, 3);
    }

    [Fact]
    public void The_seed_decides_which_rows_are_repeated_once_more()
    {
        var data = new Dataset(Tensor.Range(60), [.. Enumerable.Repeat(0, 33), .. Enumerable.Repeat(1, 27)]);
        data.Oversample(1).Inputs.ToArray().Should().Equal(data.Oversample(1).Inputs.ToArray()).And.NotEqual(data.Oversample(2).Inputs.ToArray());
    }

    [Fact]
    public void One_hot_rows_names_and_weights_are_kept()
    {
        var data = new Dataset(Tensor.Range(3), OneHot.Encode([0, 1, 1], 2), Tensor.From(1f, 2f, 3f)) { ClassNames = ["a", "b"] };
        Dataset balanced = data.Oversample();
        balanced.Count.Should().Be(4);
        balanced.SampleWeights!.ToArray().Should().Equal(1, 2, 3, 1);
        balanced.ClassNames.Should().Equal("a", "b");
    }

    [Fact]
    public void Targets_that_are_no_classes_are_refused()
    {
        FluentActions.Invoking(() => new Dataset(Tensor.Range(2), Tensor.From(0.5f, 1f)).Oversample()).Should().Throw<InvalidOperationException>();
        FluentActions.Invoking(() => new Dataset(Tensor.Range(2), Tensor.Ones([2, 3])).Oversample()).Should().Throw<InvalidOperationException>()
            .WithMessage("Oversampling needs one class per row*row 0 sum to 3.");
        FluentActions.Invoking(() => new Dataset(Tensor.Range(2), [Tensor.Ones([2]), Tensor.Ones([2])]).Oversample())
            .Should().Throw<InvalidOperationException>()
            .WithMessage("Oversampling needs one class per row*2 targets*");
    }
}
