namespace DeepLearning.Tests.Training;

/// <summary>What a step costs beside its arithmetic: a record on the tape is one operation forward and one backward, each some kernel calls.</summary>
public sealed class StepCostTests
{
    [Fact]
    public void Each_further_layer_adds_the_same_number_of_records_to_a_step()
    {
        int[] records = [.. Enumerable.Range(1, 8).Select(layers => Records(layers, rows: 8, epochs: 1).Should().ContainSingle().Which)];
        // A kernel and a bias that are watched, Linear and Relu.
        records.Zip(records.Skip(1), (fewer, more) => more - fewer).Should().OnlyContain(added => added == 4);
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(8, 50)]
    [InlineData(4000, 1)]
    [InlineData(800, 5)]
    public void The_records_of_a_step_do_not_depend_on_the_epoch_or_on_the_size_of_the_data(int rows, int epochs)
    {
        int alone = Records(layers: 3, rows: 8, epochs: 1)[0];
        int[] records = Records(layers: 3, rows, epochs);
        records.Should().HaveCount(rows / 8 * epochs).And.OnlyContain(count => count == alone);
    }

    /// <summary>The place on the tape of the loss, the last of all, in each step.</summary>
    private static int[] Records(int layers, int rows, int epochs)
    {
        SequentialBuilder builder = Sequential.Input(2);
        for (int i = 0; i < layers; i++) builder.Dense(4).Relu();
        var loss = new Probe();
        Sequential model = builder.Dense(1).Build().Compile(new Sgd(), loss);
        model.Fit(TrainingCases.Plane(rows), new FitOptions { BatchSize = 8, Epochs = epochs });
        return [.. loss.Places];
    }

    private sealed class Probe : Loss
    {
        public List<int> Places { get; } = [];

        public override Tensor PerSample(Tensor predictions, Tensor targets)
        {
            Tensor losses = (predictions - targets).Square().Mean(-1);
            Places.Add(losses.Node);
            return losses;
        }
    }
}
