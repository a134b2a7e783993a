using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Training;

/// <summary>Training, validation, evaluation and prediction on any source of batches.</summary>
public sealed class RunBatchesTests
{
    private static readonly Dataset Data = TrainingCases.Blobs(50);

    private static readonly FitOptions InOrder = new(epochs: 2, batchSize: 8) { Shuffle = false };

    [Fact]
    public void Every_kind_of_source_of_the_same_batches_trains_to_the_same_bits()
    {
        using var folder = new ScratchFolder();
        BinaryFile.Write(folder["rows.bin"], Data);
        var file = new BinaryFile(folder["rows.bin"], features: 4);
        BatchSource[] sources = [Data, Data.Prefetch(), BatchSource.Of(Data.Batches(8)), file, file.Prefetch(1), file.Prefetch(3),
            SampleSource.Of(Data), SampleSource.Of(BatchSource.Of(Data.Batches(3))), SampleSource.Of(Data).Batch(8).Prefetch()];
        int[][] bits = [.. sources.Select(source =>
        {
            Sequential model = TrainingCases.Classifier();
            History history = model.Fit(source, InOrder with { Validation = source });
            return (int[])[.. model.Bits(), .. history.Names.SelectMany(n => history[n]).Select(BitConverter.SingleToInt32Bits)];
        })];
        foreach (int[] others in bits) others.Should().Equal(bits[0]);
        file.Open.Should().Be(0);
    }

    [Fact]
    public void A_file_is_read_in_another_order_each_epoch_and_goes_on_in_the_middle_of_one()
    {
        using ScratchFolder folder = new(), checkpoints = new();
        BinaryFile.Write(folder["rows.bin"], TrainingCases.Blobs(48));
        var file = new BinaryFile(folder["rows.bin"], features: 4);
        var run = new ResumeCase { Options = new(3, 8) { Validation = file }, Source = _ => file };
        IReadOnlyList<int> whole = ResumeCase.Bits(run.Run(null, new Interruption(0)));
        ResumeCase.Bits((run with { Options = run.Options with { Shuffle = false } }).Run(null, new Interruption(0))).Should().NotEqual(whole);
        var checkpoint = new CheckpointOptions(checkpoints.Path) { EverySteps = 1 };
        run.Invoking(r => r.Run(checkpoint, new Interruption(4))).Should().Throw<TimeoutException>();
        (run with { Source = _ => file.Prefetch(2) }).Invoking(r => r.Run(checkpoint, new Interruption(10))).Should().Throw<TimeoutException>();
        ResumeCase.Bits(run.Run(checkpoint, new Interruption(0))).Should().Equal(whole);
        file.Open.Should().Be(0);
    }

    [Fact]
    public void Evaluate_and_Predict_take_sources_of_any_length()
    {
        Sequential model = TrainingCases.Classifier();
        Evaluation expected = model.Evaluate(Data, batchSize: 8);
        float[] predictions = model.Predict(Data.Inputs).ToArray();
        foreach (BatchSource source in new[] { BatchSource.Of(Data.Batches(8)), Data.Prefetch(), BatchSource.Of(Data.Batches(8)).Prefetch(3) })
        {
            model.Evaluate(source, batchSize: 8).ToString().Should().Be(expected.ToString());
            model.Predict(source, batchSize: 8).Select(p => p.Shape[0]).Should().Equal(8, 8, 8, 8, 8, 8, 2);
            model.Predict(source, batchSize: 8).SelectMany(p => p.ToArray()).Should().Equal(predictions);
        }

        model.Evaluate(Data.Batches(8)).Loss.Should().Be(expected.Loss);
        model.Predict(Data.Batches(7)).SelectMany(p => p.ToArray()).Should().Equal(predictions);
        model.Predict(Data).Single().ToArray().Should().Equal(predictions, "a data set is cut into batches of 256");
        model.Evaluate(BatchSource.Of(Data.Batches(50).Concat(Data.Batches(3)))).Loss.Should().BeApproximately(expected.Loss, 1e-5f);
        model.Invoking(m => m.Evaluate([])).Should().Throw<ArgumentException>().WithMessage("There were no batches*");
        model.Predict(BatchSource.Of([])).Should().BeEmpty();
        model.Invoking(m => m.Predict(Data, 0)).Should().Throw<ArgumentOutOfRangeException>();
        model.Invoking(m => m.Predict((BatchSource)null!)).Should().Throw<ArgumentNullException>().WithParameterName("data");
    }

    [Fact]
    public void Predictions_of_several_inputs_come_batch_by_batch()
    {
        Node left = Model.Input(2), right = Model.Input(3);
        Model model = Model.Of([left, right], [Node.Concatenate(left, right).Dense(2)]).Build(seed: 1);
        Tensor a = Tensor.RandomNormal([5, 2], seed: 1), b = Tensor.RandomNormal([5, 3], seed: 2);
        var data = new Dataset([a, b], Tensor.Zeros([5, 2]));
        model.Predict(data, 2).SelectMany(p => p.ToArray()).Should().Equal(model.Predict([a, b])[0].ToArray());
        Model two = Model.Of([left, right], [left.Dense(1), right.Dense(1)]).Build(seed: 1);
        two.Invoking(m => m.Predict(data)).Should().Throw<InvalidOperationException>().WithMessage("The model has 2 outputs: call Predict(batch.InputTensors)*");
    }

    [Fact]
    public void Batches_of_validation_are_checked_as_they_come_and_read_anew_each_epoch()
    {
        int begun = 0;
        Sequential model = TrainingCases.Classifier();
        model.Fit(Data, InOrder with { Validation = BatchSource.Of(Counted()) })["val_loss"].Should().HaveCount(2);
        begun.Should().Be(2);
        Refused([.. Data.Batches(20), new Batch(Tensor.Zeros([1, 3]), [0])]).WithMessage("*expects [batch, 4], got [1, 3]*");
        Refused([new Batch(Tensor.Zeros([1, 4]), [3])]).WithMessage("*3*");
        Refused([new Batch(Tensor.Full([1, 4], float.NaN), [0])]).WithMessage("Expected finite numbers*");
        Refused([null!]).WithMessage("Batch 1 of the stream is null*");
        Refused([]).WithMessage("There were no batches*");
        Refused([new Batch(Tensor.Zeros([1, 4]), [0], Tensor.Zeros([1]))]).WithMessage("At least one sample weight must be above 0*");

        FluentAssertions.Specialized.ExceptionAssertions<ArgumentException> Refused(Batch[] batches)
            => model.Invoking(m => m.Fit(Data, InOrder with { Validation = BatchSource.Of(batches) })).Should().Throw<ArgumentException>();

        IEnumerable<Batch> Counted()
        {
            begun++;
            foreach (Batch batch in Data.Batches(20)) yield return batch;
        }
    }

    [Fact]
    public void Batches_to_evaluate_are_checked_as_they_come()
    {
        Sequential model = TrainingCases.Classifier();
        model.Invoking(m => m.Evaluate([new Batch(Tensor.Zeros([1, 3]), [0])])).Should().Throw<ShapeMismatchException>();
        model.Invoking(m => m.Evaluate([new Batch(Tensor.Zeros([1, 4]), [7])])).Should().Throw<ArgumentException>().WithMessage("*7*");
        model.Invoking(m => m.Evaluate([new Batch(Tensor.Full([1, 4], float.NaN), [0])])).Should().Throw<ArgumentException>().WithMessage("Expected finite*");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Line10_class_names_of_validation_batches_must_agree_with_those_of_the_data(bool stream)
    {
        Dataset named = new(Data.Inputs, Data.Labels) { ClassNames = ["a", "b", "c"] }, other = new(Data.Inputs, Data.Labels) { ClassNames = ["a", "c", "b"] };
        BatchSource validation = stream ? BatchSource.Of(other.Batches(10)) : other;
        TrainingCases.Classifier().Invoking(m => m.Fit(named, InOrder with { Validation = validation }))
            .Should().Throw<ArgumentException>().WithMessage(stream ? "Class 'b' is label 1 in training, but label 2 in validation*" : "Class 'c' is label 1 in validation, but label 2 in training*");
    }

    [Fact]
    public void A_data_set_that_is_read_ahead_is_looked_through_before_anything_is_changed()
    {
        Tensor x = Data.Inputs.Clone();
        x[49, 3] = float.NaN;
        Sequential model = TrainingCases.Classifier(), reference = TrainingCases.Classifier();
        model.Invoking(m => m.Fit(new Dataset(x, Data.Targets).Prefetch(), InOrder)).Should().Throw<ArgumentException>().WithMessage("*row 49, column 3*");
        model.Bits().Should().Equal(reference.Bits());
        model.Fit(new Dataset(Data.Inputs, new int[50]).Prefetch(), InOrder).Warnings.Should().Contain(w => w.Contains("same target"));
        model.Invoking(m => m.Fit(Data.Prefetch(), InOrder with { ValidationSplit = 0.2 })).Should().Throw<ArgumentException>().WithMessage("*needs a Dataset*");
    }

    [Theory]
    [InlineData(2, "*has 2 batches per epoch*gives more from batch 1 on*")]
    [InlineData(4, "*has 4 batches per epoch*ended after 3*")]
    public void A_source_gives_as_many_batches_as_it_says(int promised, string message)
    {
        var source = new Promising(promised);
        TrainingCases.Classifier().Invoking(m => m.Fit(source)).Should().Throw<InvalidOperationException>().WithMessage(message);
        TrainingCases.Classifier().Invoking(m => m.Evaluate(source)).Should().Throw<InvalidOperationException>().WithMessage(message);
    }

    [Fact]
    public void Callbacks_know_the_batches_of_an_epoch_where_the_source_does()
    {
        var seen = new List<int?>();
        var meter = new Recorder(batch: (c, _) => seen.Add(c.BatchesPerEpoch));
        TrainingCases.Classifier().Fit(new Promising(3), new FitOptions { Callbacks = [meter] });
        TrainingCases.Classifier().Fit(Data.Batches(50), new FitOptions { Callbacks = [meter] });
        seen.Should().Equal(3, 3, 3, null);
    }

    [Fact]
    public void A_source_that_returns_null_is_named()
        => TrainingCases.Classifier().Invoking(m => m.Fit(new Nothing())).Should().Throw<InvalidOperationException>().WithMessage("Nothing.Epoch returned null*");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fault56_a_source_that_waits_ends_its_waiting_where_the_run_is_cancelled(bool prefetched)
    {
        using var cancels = new CancellationTokenSource();
        BatchSource source = new Waiting(cancels);
        Sequential model = TrainingCases.Classifier(), reference = TrainingCases.Classifier();
        await model.Invoking(m => m.FitAsync(prefetched ? source.Prefetch(1) : source, cancellationToken: cancels.Token)).Should().ThrowAsync<TrainingCanceledException>();
        reference.TrainOnBatch(Data.Inputs, Data.Targets);
        // Where the batch was read ahead, cancelling may have come before its step.
        model.Bits().Should().Match(bits => bits.SequenceEqual(reference.Bits()) || prefetched && bits.SequenceEqual(TrainingCases.Classifier().Bits()));
    }

    [Fact]
    public void Two_runs_at_once_on_one_source_do_not_disturb_each_other()
    {
        Sequential alone = TrainingCases.Classifier();
        var options = new FitOptions(4, 8);
        BatchSource ahead = Data.Prefetch();
        alone.Fit(Data, options);
        Sequential[] models = [TrainingCases.Classifier(), TrainingCases.Classifier(), TrainingCases.Classifier()];
        Parallel.For(0, models.Length, i => models[i].Fit(i == 0 ? Data : ahead, options with { Validation = ahead }));
        foreach (Sequential model in models) model.Bits().Should().Equal(alone.Bits());
    }

    /// <summary>Three batches, and what it says of their number.</summary>
    private sealed class Promising(int batches) : BatchSource
    {
        public override int? BatchesPerEpoch(int batchSize) => batches;

        public override IEnumerable<Batch> Epoch(EpochPosition position) => Data.Batches(20).Skip(position.Batches);
    }

    private sealed class Nothing : BatchSource
    {
        public override IEnumerable<Batch> Epoch(EpochPosition position) => null!;
    }

    /// <summary>One batch, and then none that ever comes.</summary>
    private sealed class Waiting(CancellationTokenSource cancels) : BatchSource
    {
        public override IEnumerable<Batch> Epoch(EpochPosition position)
        {
            yield return new Batch(Data.Inputs, Data.Targets);
            cancels.Cancel();
            position.Cancellation.WaitHandle.WaitOne();
            position.Cancellation.ThrowIfCancellationRequested();
        }
    }
}
