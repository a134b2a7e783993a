using DeepLearning.Tests.Support;
using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Layers.Normalizations;

public sealed class BatchNormalizationTests
{
    private static readonly Tensor X = Tensor.From(new float[,] { { 2, -1 }, { 4, -1 } });

    [Fact]
    public void Training_takes_the_batch_s_statistics_and_moves_the_averages()
    {
        Sequential model = Sequential.Input(2).BatchNormalization(momentum: 0.75).Build();
        var tape = new Tape();

        Tensor y = model.Forward(X, tape);
        model.CommitState(tape);

        float one = 1f / MathF.Sqrt(1.001f);
        y.ToArray().ShouldBeCloseTo([-one, 0, one, 0], 1e-6);
        model.GetWeights()["batch_normalization.moving_mean"].ToArray().Should().Equal(0.75f, -0.25f);
        model.GetWeights()["batch_normalization.moving_variance"].ToArray().Should().Equal(1f, 0.75f);
    }

    [Fact]
    public void Inference_takes_the_moving_averages_and_changes_nothing()
    {
        Sequential model = Sequential.Input(2).BatchNormalization().Build();

        model.Predict(X).ToArray().ShouldBeCloseTo([.. X.ToArray().Select(v => v / Math.Sqrt(1.001))], 1e-6);
        model.GetWeights()["batch_normalization.moving_mean"].ToArray().Should().Equal(0f, 0f);
    }

    [Fact]
    public void A_frozen_layer_takes_the_moving_averages_in_training_too()
    {
        Sequential model = Sequential.Input(2).BatchNormalization().Dense(1).Build();
        model.Freeze("batch_normalization");
        Tensor inference = model.Predict(X);
        var tape = new Tape();

        model.Forward(X, tape).ToArray().Should().Equal(inference.ToArray());
        model.CommitState(tape);
        model.GetWeights()["batch_normalization.moving_mean"].ToArray().Should().Equal(0f, 0f);
    }

    [Fact]
    public void Values_far_from_0_lose_no_digits()
    {
        Sequential model = Sequential.Input(1).Add(new BatchNormalization(epsilon: 1e-9)).Build();
        Tensor x = Tensor.From(new[,] { { 1_000_000f }, { 1_000_001f }, { 1_000_002f } });

        model.Forward(x, training: true).ToArray().ShouldBeCloseTo([-Math.Sqrt(1.5), 0, Math.Sqrt(1.5)], 1e-6);
    }

    [Fact]
    public void A_network_with_it_learns_and_comes_back_from_its_file_with_the_same_bits()
    {
        Dataset data = TrainingCases.Blobs(96);
        Sequential model = Sequential.Input(4).Dense(16).BatchNormalization().Relu().Dense(3).Softmax().Build(seed: 1);
        model.Compile(new Adam(0.01), new SparseCategoricalCrossEntropy(), new Accuracy());
        model.Fit(data, new FitOptions { Epochs = 60, BatchSize = 16 });
        using var file = new MemoryStream();
        model.Save(file);
        file.Position = 0;

        Sequential same = Sequential.Load(file);

        model.Evaluate(data)["accuracy"].Should().BeGreaterThan(0.95f);
        same.Predict(data.Inputs).ToArray().Should().Equal(model.Predict(data.Inputs).ToArray());
        same.Graph.Slots[1].Layer.ToString().Should().Be("BatchNormalization(0.99, 0.001)");
    }

    [Fact]
    public void Weights_of_PyTorch_come_with_a_counter_that_has_no_place()
    {
        Sequential model = Sequential.Input(2).Dense(2).BatchNormalization().Build();
        Tensor two = Tensor.From(1f, 2f);

        model.LoadWeights(new Dictionary<string, Tensor>
        {
            ["0.weight"] = Tensor.Ones([2, 2]), ["0.bias"] = two, ["1.weight"] = two * 3, ["1.bias"] = two * 5, ["1.running_mean"] = two * 7,
            ["1.running_var"] = two * 11, ["1.num_batches_tracked"] = Tensor.FromIndices([4], []),
        });

        IReadOnlyDictionary<string, Tensor> weights = model.GetWeights();
        weights["batch_normalization.gamma"].ToArray().Should().Equal(3f, 6f);
        weights["batch_normalization.beta"].ToArray().Should().Equal(5f, 10f);
        weights["batch_normalization.moving_mean"].ToArray().Should().Equal(7f, 14f);
        weights["batch_normalization.moving_variance"].ToArray().Should().Equal(11f, 22f);
    }

    [Theory]
    [InlineData(1.0, 1e-3, "*momentum*[0, 1)*1*")]
    [InlineData(-0.1, 1e-3, "*momentum*[0, 1)*-0.1*")]
    [InlineData(0.9, 0.0, "*epsilon*> 0*0*")]
    public void Settings_out_of_range_are_refused(double momentum, double epsilon, string message)
        => FluentActions.Invoking(() => new BatchNormalization(momentum, epsilon)).Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);

    [Fact]
    public void The_other_normalizations_refuse_what_they_cannot_divide()
    {
        FluentActions.Invoking(() => new LayerNormalization(axis: 0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*counted from the end*");
        FluentActions.Invoking(() => new LayerNormalization(-1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*epsilon*");
        FluentActions.Invoking(() => new GroupNormalization(0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*at least 1 group*");
        FluentActions.Invoking(() => Sequential.Input(5).GroupNormalization(2).Build()).Should().Throw<ShapeMismatchException>().WithMessage("*2 groups*5 features*");
        FluentActions.Invoking(() => Sequential.Input(5).LayerNormalization(axis: -2).Build()).Should().Throw<ShapeMismatchException>().WithMessage("*last 2 dimensions*[5]*");
        FluentActions.Invoking(() => Sequential.Input(5).RmsNormalization(double.NaN).Build()).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*epsilon*");
    }
}
