using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Training;

/// <summary>Σ w·loss / Σ w over an epoch, an evaluation and a validation, whatever the batches and the size of the weights.</summary>
public sealed class WeightedMeansTests
{
    // A model that gives its input: the losses (x − 0)² are 1, 1, 9, 9.
    private static readonly float[] Values = [1, -1, 3, -3], Weights = [10, 10, 1, 1];
    private const double Right = (10 + 10 + 9 + 9) / 22.0;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void FoundT10_the_loss_of_an_epoch_is_over_the_weights_of_all_samples(int batchSize)
    {
        Dataset data = Data(Weights);
        History history = Model().Fit(data, new FitOptions { BatchSize = batchSize, Shuffle = false, Validation = data });
        // Sums of at most four small numbers in float32 and double.
        history["loss"][0].Should().BeApproximately((float)Right, 1e-6f);
        history["val_loss"][0].Should().BeApproximately((float)Right, 1e-6f);
        Model().Evaluate(data, batchSize).Loss.Should().BeApproximately((float)Right, 1e-6f);
        Model().Fit(data.Batches(batchSize))["loss"][0].Should().BeApproximately((float)Right, 1e-6f);
    }

    [Fact]
    public void FoundT10_a_batch_of_zero_weights_counts_for_nothing()
    {
        Dataset data = Data([1, 3, 0, 0]);
        History history = Model().Fit(data, new FitOptions { BatchSize = 2, Shuffle = false, Validation = data });
        (history["loss"][0], history["val_loss"][0]).Should().Be((1f, 1f));
        Model().Evaluate(data, 2).Loss.Should().Be(1f);
    }

    [Theory]
    [InlineData(1e-38f)]
    [InlineData(1e-44f)]
    [InlineData(1e-30f)]
    [InlineData(1e37f)]
    [InlineData(3e37f)]
    public void FoundT10_the_size_of_the_weights_changes_nothing(float unit)
    {
        float[] weights = [.. Weights.Select(w => w * unit)];
        double sum = weights.Sum(w => (double)w), right = (weights[0] + (double)weights[1] + 9.0 * weights[2] + 9.0 * weights[3]) / sum;
        foreach (int batchSize in new[] { 2, 4 })
            Model().Evaluate(Data(weights), batchSize).Loss.Should().BeApproximately((float)right, 1e-6f, $"batches of {batchSize}");
    }

    [Fact]
    public void FoundT10_tiny_and_huge_weights_have_a_gradient_too()
    {
        Tensor t = Tensor.Zeros([4, 1]);
        float[] expected = Gradient([10, 10, 1, 1]);
        foreach (float unit in new[] { 1e-38f, 1e37f })
        {
            float[] actual = Gradient([.. Weights.Select(w => w * unit)]);
            // Weights near the smallest float have 20 bits left.
            for (int i = 0; i < 4; i++) actual[i].Should().BeApproximately(expected[i], 1e-5f);
        }

        float[] Gradient(float[] weights)
        {
            var tape = new Tape();
            Tensor p = tape.Watch(Tensor.From(Values, [4, 1]));
            return tape.Gradients(new MeanSquaredError { Reduction = LossReduction.MeanWithSampleWeight }.Compute(p, t, Tensor.From(weights)))[p].ToArray();
        }
    }

    [Fact]
    public void FoundT10_the_default_reduction_divides_by_the_samples_and_metrics_take_no_weights()
    {
        Sequential model = Sequential.Input(1).Reshape(1).Build().Compile(new Sgd(), new MeanSquaredError(), new MeanSquaredError());
        Evaluation result = model.Evaluate(Data(Weights), 2);
        result.Loss.Should().BeApproximately((10 + 10 + 9 + 9) / 4f, 1e-6f);
        result["mean_squared_error"].Should().Be(5f);
    }

    [Fact]
    public void FoundT10_a_run_taken_up_within_an_epoch_knows_the_weights_so_far()
    {
        using var folder = new ScratchFolder();
        var options = new FitOptions { BatchSize = 2, Shuffle = false, Checkpoint = new CheckpointOptions(folder.Path) { EverySteps = 1 } };
        Model().Invoking(m => m.Fit(Data(Weights), options with { Callbacks = [new Interruption(2)] })).Should().Throw<TimeoutException>();
        History history = Model().Fit(Data(Weights), options with { Callbacks = [new Interruption(100)] });
        history.ResumedFrom.Should().NotBeNull();
        history["loss"][0].Should().BeApproximately((float)Right, 1e-6f);
    }

    private static Sequential Model()
        => Sequential.Input(1).Reshape(1).Build().Compile(new Sgd(), new MeanSquaredError { Reduction = LossReduction.MeanWithSampleWeight });

    private static Dataset Data(float[] weights) => new(Tensor.From(Values, [4, 1]), Tensor.Zeros([4, 1]), Tensor.From(weights));
}
