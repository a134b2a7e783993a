namespace DeepLearning.Tests.Training;

/// <summary>Gradients of several batches for one update, where the batches do not come out even.</summary>
public sealed class AccumulationTests
{
    private static readonly FitOptions Options = new() { BatchSize = 1, Shuffle = false };

    [Theory]
    [InlineData(3, 4, 1)]
    [InlineData(3, 2, 2)]
    [InlineData(4, 2, 2)]
    [InlineData(5, 2, 3)]
    [InlineData(1, 100, 1)]
    public void FoundT04_the_last_update_of_an_epoch_is_made_with_the_average_of_what_there_is(int batches, int steps, int updates)
    {
        // Loss (w − t)², gradient 2·(w − t), with targets 1, 2, 3, …
        var optimizer = new Sgd(0.25f) { GradientAccumulationSteps = steps };
        Sequential model = Constant(optimizer);
        model.Fit(Targets(batches, from: 1), Options with { Epochs = 2 });
        double w = 0;
        for (int epoch = 0; epoch < 2; epoch++)
        {
            foreach (int[] together in Enumerable.Range(1, batches).Chunk(steps))
                w -= 0.25 * together.Average(t => 2 * (w - t));
        }

        optimizer.Steps.Should().Be(2 * updates);
        Weight(model).Should().BeApproximately((float)w, 1e-5f);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FoundT05_nothing_of_one_run_moves_the_weights_of_the_next(bool cancelled)
    {
        Sequential model = Constant(new Sgd(0.25f) { GradientAccumulationSteps = 2 }), fresh = Constant(new Sgd(0.25f) { GradientAccumulationSteps = 2 });
        using var source = new CancellationTokenSource();
        var cancel = new Recorder(batch: (c, _) =>
        {
            if (cancelled && c.Batch == 2) source.Cancel();
        });
        try
        {
            model.Fit(Targets(5, from: 1000), Options with { Callbacks = [cancel] }, source.Token);
        }
        catch (TrainingCanceledException) when (cancelled)
        {
        }

        Set(model, 7f);
        Set(fresh, 7f);
        model.Fit(Targets(2, from: 1), Options);
        fresh.Fit(Targets(2, from: 1), Options);
        model.Bits().Should().Equal(fresh.Bits());
    }

    [Fact]
    public void FoundT05_nothing_is_left_after_a_divergence_single_steps_or_restored_weights()
    {
        var optimizer = new Sgd(0.25f) { GradientAccumulationSteps = 2 };
        Sequential model = Constant(optimizer), fresh = Constant(new Sgd(0.25f) { GradientAccumulationSteps = 2 });
        model.Invoking(m => m.Fit(Targets(3, from: 1), Options with
        {
            Callbacks = [new Recorder(batch: (c, _) => Set(c.Model, c.Batch == 0 ? float.MaxValue : 0f))],
        })).Should().Throw<TrainingDivergedException>();
        Expect();
        model.TrainOnBatch(Tensor.Ones([1, 1]), Tensor.From([500f], [1, 1]));
        Expect();
        model.Fit(Targets(3, from: 50), Options with { Callbacks = [new EarlyStopping { Monitor = "loss", RestoreBestWeights = true }] });
        Expect();

        void Expect()
        {
            Set(model, 7f);
            Set(fresh, 7f);
            model.Fit(Targets(2, from: 1), Options);
            fresh.Fit(Targets(2, from: 1), Options);
            model.Bits().Should().Equal(fresh.Bits());
        }
    }

    [Fact]
    public void FoundT04_two_runs_of_two_epochs_are_one_of_four_with_accumulation_too()
    {
        Sequential once = Momentum(), twice = Momentum();
        once.Fit(TrainingCases.Blobs(50), new FitOptions { Epochs = 4, BatchSize = 8 });
        twice.Fit(TrainingCases.Blobs(50), new FitOptions { Epochs = 2, BatchSize = 8 });
        twice.Fit(TrainingCases.Blobs(50), new FitOptions { Epochs = 2, BatchSize = 8 });
        twice.Bits().Should().Equal(once.Bits());

        static Sequential Momentum() => Sequential.Input(4).Dense(3).Softmax().Build(seed: 1)
            .Compile(new Adam(0.01f) { GradientAccumulationSteps = 4 }, new SparseCategoricalCrossEntropy());
    }

    [Fact]
    public void FoundT04_a_loop_by_hand_applies_what_has_accumulated_itself()
    {
        var optimizer = new Sgd(0.5f) { GradientAccumulationSteps = 4 };
        var run = new Support.OptimizerRun(optimizer, [0f]);
        optimizer.ApplyAccumulated();
        run.Weights.Should().Equal(0f);
        for (int call = 1; call <= 3; call++) run.Step([call]);
        (optimizer.Steps, run.Weights[0]).Should().Be((0L, 0f));
        optimizer.ApplyAccumulated();
        (optimizer.Steps, run.Weights[0]).Should().Be((1L, -1f));
        optimizer.ApplyAccumulated();
        optimizer.Steps.Should().Be(1);
    }

    /// <summary>A model whose output is its one weight.</summary>
    private static Sequential Constant(Optimizer optimizer)
    {
        Sequential model = Sequential.Input(1).Add(new Dense(1) { UseBias = false }).Build().Compile(optimizer, new MeanSquaredError());
        Set(model, 0f);
        return model;
    }

    private static void Set(Model model, float value) => model.Parameters[0].Value.AsSpan().Fill(value);

    private static float Weight(Sequential model) => model.Parameters[0].Value.ToArray()[0];

    private static Dataset Targets(int count, int from)
        => new(Tensor.Ones([count, 1]), Tensor.From([.. Enumerable.Range(from, count).Select(i => (float)i)], [count, 1]));
}
