namespace DeepLearning.Tests.Training;

public sealed class FitTests
{
    [Fact]
    public void A_small_network_learns_exclusive_or()
    {
        Sequential model = Sequential.Input(2).Dense(8).Tanh().Dense(1).Sigmoid().Build(seed: 4);
        model.Compile(new Adam(0.05f), new BinaryCrossEntropy(), new Accuracy());
        History history = model.Fit(TrainingCases.Xor, new FitOptions { Epochs = 300, BatchSize = 4 });
        history["accuracy"][^1].Should().Be(1f);
        history["loss"][^1].Should().BeLessThan(0.1f);
        model.Predict(TrainingCases.Xor.Inputs).ToArray().Select(p => p > 0.5f).Should().Equal(false, true, true, false);
    }

    [Fact]
    public void Linear_regression_recovers_the_weights_that_made_the_data()
    {
        Sequential model = TrainingCases.Line();
        model.Fit(TrainingCases.Plane(256), new FitOptions { Epochs = 30 });
        float[] w = [.. model.Parameters["dense.kernel"].Value.ToArray(), .. model.Parameters["dense.bias"].Value.ToArray()];
        // The data has no noise, so that only float32's rounding is left.
        w.Zip([2f, -3f, 0.5f]).Should().AllSatisfy(p => p.First.Should().BeApproximately(p.Second, 1e-5f));
    }

    [Fact]
    public void Three_blobs_are_told_apart_on_data_not_trained_on()
    {
        Sequential model = TrainingCases.Classifier();
        model.Fit(TrainingCases.Blobs(300), new FitOptions { Epochs = 20 });
        model.Evaluate(TrainingCases.Blobs(300, seed: 99))["accuracy"].Should().BeGreaterThan(0.95f);
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(1, 100)]
    [InlineData(32, 4)]
    [InlineData(1000, 1)]
    public void An_epoch_has_as_many_steps_as_batches(int batchSize, int steps)
    {
        var optimizer = new Sgd();
        Sequential model = Sequential.Input(4).Dense(3).Softmax().Build().Compile(optimizer, new SparseCategoricalCrossEntropy());
        model.Fit(TrainingCases.Blobs(100), new FitOptions { BatchSize = batchSize, Epochs = 2 });
        optimizer.Steps.Should().Be(2 * steps);
    }

    [Fact]
    public void A_full_batch_equals_the_loop_by_hand_bit_for_bit()
    {
        Dataset data = TrainingCases.Blobs(60);
        SequentialBuilder builder = Sequential.Input(4).Dense(8).Relu().Dropout(0.2f).Dense(3);
        Sequential fitted = builder.Build(seed: 3), byHand = builder.Build(seed: 3);
        Loss loss = new SparseCategoricalCrossEntropy { FromLogits = true };
        fitted.Compile(new Adam(), loss).Fit(data, new FitOptions { BatchSize = 60, Epochs = 5, Shuffle = false });
        var optimizer = new Adam();
        for (int epoch = 0; epoch < 5; epoch++)
        {
            var tape = new Tape();
            optimizer.Update(byHand.Parameters, tape.Gradients(loss.Compute(byHand.Forward(data.Inputs, tape), data.Targets)));
        }

        fitted.Bits().Should().Equal(byHand.Bits());
    }

    [Fact]
    public void A_short_last_batch_counts_by_its_samples()
    {
        // At rate 0 each sample's loss is known: the epoch's loss is the mean over all ten, not over the batches' means.
        Dataset data = TrainingCases.Plane(10);
        Sequential model = TrainingCases.Line(learningRate: 0f);
        float all = model.Evaluate(data).Loss;
        History history = model.Fit(data, new FitOptions { BatchSize = 4 });
        history["loss"][0].Should().BeApproximately(all, 1e-5f * all);
    }

    [Fact]
    public void A_history_has_every_figure_of_every_epoch()
    {
        Sequential model = TrainingCases.Classifier();
        History history = model.Fit(TrainingCases.Blobs(90), new FitOptions { Epochs = 3, Validation = TrainingCases.Blobs(30, seed: 5) });
        history.Names.Should().Equal("loss", "accuracy", "val_loss", "val_accuracy");
        history.Epochs.Should().Be(3);
        foreach (string name in history.Names) history[name].Should().HaveCount(3).And.NotContain(float.NaN);
        Evaluation last = model.Evaluate(TrainingCases.Blobs(30, seed: 5), batchSize: 32);
        history["val_loss"][^1].Should().Be(last.Loss);
        history["val_accuracy"][^1].Should().Be(last["accuracy"]);
        history.ToString().Split(Environment.NewLine).Should().HaveCount(4);
        history.Invoking(h => h["auc"]).Should().Throw<KeyNotFoundException>().WithMessage("*auc*loss, accuracy, val_loss, val_accuracy*");
    }

    [Fact]
    public void A_validation_split_takes_the_last_rows_before_shuffling()
    {
        Dataset data = TrainingCases.Plane(100);
        Sequential split = TrainingCases.Line(), apart = TrainingCases.Line();
        History first = split.Fit(data, new FitOptions { Epochs = 2, ValidationSplit = 0.2 });
        History second = apart.Fit(data.Take(80), new FitOptions { Epochs = 2, Validation = data.Skip(80) });
        split.Bits().Should().Equal(apart.Bits());
        first["val_loss"].Should().Equal(second["val_loss"]);
    }

    [Fact]
    public void Sample_weights_of_0_and_1_choose_the_samples()
    {
        Dataset data = TrainingCases.Plane(8);
        Tensor weights = new float[] { 1, 1, 1, 1, 0, 0, 0, 0 };
        Sequential weighted = TrainingCases.Line(), chosen = TrainingCases.Line(0.05f);
        var options = new FitOptions { BatchSize = 8, Shuffle = false };
        weighted.Fit(new Dataset(data.Inputs, data.Targets, weights), options);
        chosen.Fit(data.Take(4), options);
        // Σ w·loss / 8 at rate 0.1 is Σ loss / 4 at rate 0.05, up to rounding.
        foreach ((Parameter a, Parameter b) in weighted.Parameters.Zip(chosen.Parameters))
            a.Value.ToArray().Zip(b.Value.ToArray()).Should().AllSatisfy(p => p.First.Should().BeApproximately(p.Second, 1e-6f));
    }

    [Fact]
    public void A_stream_of_the_same_batches_gives_the_same_bits()
    {
        Dataset data = TrainingCases.Blobs(50);
        Sequential whole = TrainingCases.Classifier(), streamed = TrainingCases.Classifier();
        whole.Fit(data, new FitOptions { Epochs = 3, BatchSize = 16, Shuffle = false });
        int begun = 0;
        History history = streamed.Fit(Stream(), new FitOptions { Epochs = 3 });
        streamed.Bits().Should().Equal(whole.Bits());
        (begun, history.Epochs).Should().Be((3, 3));

        IEnumerable<Batch> Stream()
        {
            begun++;
            foreach (Batch batch in data.Batches(16)) yield return batch;
        }
    }

    [Fact]
    public void An_empty_stream_throws()
        => TrainingCases.Classifier().Invoking(m => m.Fit(Array.Empty<Batch>())).Should().Throw<ArgumentException>().WithMessage("Epoch 1 had no batches*");

    [Fact]
    public void Epochs_count_on_from_the_initial_one()
    {
        var seen = new List<int>();
        History history = TrainingCases.Line().Fit(
            TrainingCases.Plane(8), new FitOptions { InitialEpoch = 3, Epochs = 5, Callbacks = [new Recorder(c => seen.Add(c.Epoch))] });
        seen.Should().Equal(3, 4);
        history.Epochs.Should().Be(2);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        int[] Train(ulong seed)
        {
            Sequential model = TrainingCases.Classifier(seed);
            model.Fit(TrainingCases.Blobs(50), new FitOptions { Epochs = 2, BatchSize = 8 });
            return model.Bits();
        }

        Train(1).Should().Equal(Train(1)).And.NotEqual(Train(2));
    }

    [Fact]
    public void Two_runs_of_two_epochs_are_one_of_four()
    {
        Dataset data = TrainingCases.Blobs(50);
        Sequential once = TrainingCases.Classifier(), twice = TrainingCases.Classifier();
        History whole = once.Fit(data, new FitOptions { Epochs = 4, BatchSize = 8 });
        History first = twice.Fit(data, new FitOptions { Epochs = 2, BatchSize = 8 });
        History second = twice.Fit(data, new FitOptions { Epochs = 2, BatchSize = 8 });
        twice.Bits().Should().Equal(once.Bits());
        whole["loss"].Should().Equal([.. first["loss"], .. second["loss"]]);
    }

    [Fact]
    public void Compiling_again_does_not_repeat_the_random_numbers_of_the_first_run()
    {
        Sequential model = TrainingCases.Classifier();
        var orders = new List<float[]>();
        for (int run = 0; run < 2; run++)
        {
            model.Compile(new Sgd(0f), new SparseCategoricalCrossEntropy());
            var losses = new List<float>();
            model.Fit(TrainingCases.Blobs(32), new FitOptions { BatchSize = 4, Callbacks = [new Recorder(batch: (_, logs) => losses.Add(logs["loss"]))] });
            orders.Add([.. losses]);
        }

        orders[1].Should().NotEqual(orders[0]);
    }

    [Fact]
    public void Shuffling_shows_every_sample_once_an_epoch_in_another_order()
    {
        var data = new Dataset(Tensor.Range(20).Reshape(20, 1), Tensor.Zeros([20, 1]));
        var probe = new InputProbe();
        Sequential model = Sequential.Input(1).Add(probe).Dense(1).Build(seed: 1).Compile(new Sgd(0f), new MeanSquaredError());
        model.Fit(data, new FitOptions { Epochs = 2, BatchSize = 6 });
        float[] first = [.. probe.Seen.Take(20)], second = [.. probe.Seen.Skip(20)];
        first.Should().BeEquivalentTo(data.Inputs.ToArray()).And.NotEqual(data.Inputs.ToArray());
        second.Should().BeEquivalentTo(first).And.NotEqual(first);
    }

    [Fact]
    public void A_learning_rate_of_0_leaves_the_weights_bit_for_bit()
    {
        Sequential model = TrainingCases.Line(learningRate: 0f);
        int[] before = model.Bits();
        model.Fit(TrainingCases.Plane(10), new FitOptions { Epochs = 2 });
        model.Bits().Should().Equal(before);
    }

    [Fact]
    public void An_optimizer_of_another_model_throws_before_anything_changes()
    {
        var optimizer = new Adam();
        Sequential first = Sequential.Input(2).Dense(1).Build().Compile(optimizer, new MeanSquaredError());
        first.Fit(TrainingCases.Plane(8));
        Sequential second = Sequential.Input(2).Dense(1).Build().Compile(optimizer, new MeanSquaredError());
        int[] before = second.Bits();
        second.Invoking(m => m.Fit(TrainingCases.Plane(8))).Should().Throw<InvalidOperationException>().WithMessage("*already trains another model*");
        second.Bits().Should().Equal(before);
    }

    private sealed class InputProbe : Layer
    {
        public List<float> Seen { get; } = [];

        public override Tensor Forward(Tensor x, LayerContext context)
        {
            if (context.Training) Seen.AddRange(x.ToArray());
            return x;
        }
    }

    [Fact]
    public void The_moving_average_of_the_weights_replaces_them_at_the_end()
    {
        Dataset data = TrainingCases.Plane(8);
        var options = new FitOptions { Epochs = 3, BatchSize = 8 };
        Sequential averaged = Sequential.Input(2).Dense(1).Build(seed: 3).Compile(new Sgd(0.1f) { UseEma = true, EmaMomentum = 0.5f }, new MeanSquaredError());
        Sequential plain = Sequential.Input(2).Dense(1).Build(seed: 3).Compile(new Sgd(0.1f), new MeanSquaredError());
        float[]? average = null;

        averaged.Fit(data, options);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            // One step an epoch, in data order: the mean over a full batch does not depend on it.
            plain.Fit(data, options with { Epochs = 1 });
            float[] weights = plain.Parameters["dense.kernel"].Value.ToArray();
            average = average is null ? weights : [.. average.Zip(weights, (a, w) => 0.5f * a + 0.5f * w)];
        }

        float[] result = averaged.Parameters["dense.kernel"].Value.ToArray();
        for (int i = 0; i < result.Length; i++) result[i].Should().BeApproximately(average![i], 1e-6f, "the rest is the rounding of sums in another order");
    }
}
