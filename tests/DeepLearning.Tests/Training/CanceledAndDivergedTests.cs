using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Training;

/// <summary>What is left of a run that was cancelled or that diverged.</summary>
public sealed class CanceledAndDivergedTests
{
    [Fact]
    public void FoundT17_a_divergence_has_the_history_so_far_and_the_best_weights_are_put_back()
    {
        Sequential model = TrainingCases.Line(learningRate: 0.05f);
        var best = new List<int[]>();
        var stopping = new EarlyStopping { Monitor = "loss", RestoreBestWeights = true, Patience = 9 };
        var explode = new Recorder(epoch: c =>
        {
            best.Add(c.Model.Bits());
            if (c.Epoch == 2) c.Optimizer.LearningRate = 1e30f;
            else if (c.Epoch == 1) c.Optimizer.LearningRate = 1f;
        });
        TrainingDivergedException failure = model
            .Invoking(m => m.Fit(TrainingCases.Plane(64), new FitOptions { Epochs = 9, BatchSize = 4, Callbacks = [explode, stopping] }))
            .Should().Throw<TrainingDivergedException>().Which;
        failure.History!.Epochs.Should().Be(3);
        stopping.BestEpoch.Should().Be(1, "the third epoch has a rate too high");
        model.Bits().Should().Equal(best[1]);
        failure.Message.Should().Contain("The weights are those of epoch 2, the best, which EarlyStopping kept");
    }

    [Fact]
    public void FoundT17_in_the_first_epoch_there_is_no_best()
    {
        Sequential model = TrainingCases.Line(learningRate: 1e30f);
        int[] before = model.Bits();
        var stopping = new EarlyStopping { Monitor = "loss", RestoreBestWeights = true };
        TrainingDivergedException failure = model.Invoking(m => m.Fit(TrainingCases.Plane(64), new FitOptions { BatchSize = 4, Callbacks = [stopping] }))
            .Should().Throw<TrainingDivergedException>().Which;
        failure.Message.Should().Contain("beginning of the epoch");
        failure.History!.Epochs.Should().Be(0);
        model.Bits().Should().Equal(before);
        stopping.Invoking(s => s.RestoreBest(model)).Should().Throw<InvalidOperationException>().WithMessage("*no epoch was completed*");
    }

    [Fact]
    public async Task FoundT17_a_cancelled_run_has_its_history_and_the_best_weights_on_request()
    {
        using var source = new CancellationTokenSource();
        Sequential model = TrainingCases.Classifier();
        int[]? afterFirst = null, last = null;
        var stopping = new EarlyStopping { Monitor = "accuracy", Mode = MonitorMode.Min, RestoreBestWeights = true, Patience = 99 };
        var cancel = new Recorder(epoch: c => afterFirst ??= c.Model.Bits(), batch: (c, _) =>
        {
            last = c.Model.Bits();
            if (c is { Epoch: 2, Batch: 1 }) source.Cancel();
        });
        Task<History> run = model.FitAsync(
            TrainingCases.Blobs(48), new FitOptions { Epochs = 9, BatchSize = 8, Callbacks = [cancel, stopping] }, cancellationToken: source.Token);
        TrainingCanceledException failure = (await FluentActions.Awaiting(() => run).Should().ThrowAsync<TrainingCanceledException>()).Which;
        run.Status.Should().Be(TaskStatus.Canceled);
        failure.CancellationToken.Should().Be(source.Token);
        failure.History.Epochs.Should().Be(2);
        failure.Message.Should().Contain("epoch 3");
        model.Bits().Should().Equal(last);
        stopping.RestoreBest(model);
        if (stopping.BestEpoch == 0) model.Bits().Should().Equal(afterFirst);
        model.Bits().Should().NotEqual(last);
    }

    [Fact]
    public void FoundT17_best_weights_that_were_not_kept_or_are_of_another_model_throw()
    {
        Sequential model = TrainingCases.Classifier(), other = TrainingCases.Line();
        EarlyStopping keeps = new() { Monitor = "loss", RestoreBestWeights = true }, doesNot = new() { Monitor = "loss" };
        model.Fit(TrainingCases.Blobs(12), new FitOptions { Callbacks = [keeps, doesNot] });
        int[] before = other.Bits();
        keeps.Invoking(s => s.RestoreBest(other)).Should().Throw<ArgumentException>().WithParameterName("model");
        keeps.Invoking(s => s.RestoreBest(null!)).Should().Throw<ArgumentNullException>();
        doesNot.Invoking(s => s.RestoreBest(model)).Should().Throw<InvalidOperationException>().WithMessage("*RestoreBestWeights = true*");
        other.Bits().Should().Equal(before);
    }

    [Fact]
    public void Line23_Fit_takes_a_token_for_data_and_for_streams()
    {
        Dataset data = TrainingCases.Blobs(40);
        Func<Sequential, FitOptions, CancellationToken, History>[] fits = [(m, o, t) => m.Fit(data, o, t), (m, o, t) => m.Fit(data.Batches(4), o, t)];
        foreach (Func<Sequential, FitOptions, CancellationToken, History> fit in fits)
        {
            using var source = new CancellationTokenSource();
            Sequential model = TrainingCases.Classifier();
            int steps = 0;
            var options = new FitOptions { BatchSize = 4, Callbacks = [new Recorder(batch: (_, _) => { if (++steps == 3) source.Cancel(); })] };
            model.Invoking(m => fit(m, options, source.Token)).Should().Throw<TrainingCanceledException>().Which.History.Epochs.Should().Be(0);
            steps.Should().Be(3);
            fit(model, new FitOptions(), CancellationToken.None).Epochs.Should().Be(1);
        }
    }

    [Fact]
    public void Line15_a_custom_rule_that_makes_padding_NaN_trains_and_resumes()
    {
        using var folder = new ScratchFolder();
        var run = new ResumeCase
        {
            Model = () => Sequential.Input(4).Dense(6).Tanh().Dense(3).Softmax().Build(seed: 7), Optimizer = () => new ZeroByZero(),
        };
        (Sequential model, History history) = run.Run(new CheckpointOptions(folder.Path) { EverySteps = 1 });
        history.Epochs.Should().Be(4);
        model.Parameters.Flat.AsSpan().ToArray().Should().OnlyContain(w => float.IsFinite(w));
    }

    [Fact]
    public void Line15_a_parameter_that_a_custom_rule_makes_NaN_is_named()
    {
        Sequential model = Sequential.Input(2).Dense(3).Build().Compile(new ZeroByZero(), new MeanSquaredError());
        // Gradients of 0: predictions and targets are both 0.
        foreach (Parameter parameter in model.Parameters) parameter.Value.AsSpan().Clear();
        model.Invoking(m => m.Fit(new Dataset(Tensor.Ones([4, 2]), Tensor.Zeros([4, 3]))))
            .Should().Throw<TrainingDivergedException>().Which.Place.Should().Be("dense.kernel has values that are not finite");
    }

    [Fact]
    public void Line17_a_null_batch_is_named_by_its_number()
    {
        Batch good = TrainingCases.Blobs(6).Batches(6).First();
        Sequential model = TrainingCases.Classifier(), reference = TrainingCases.Classifier();
        model.Invoking(m => m.Fit([good, null!, good])).Should().Throw<ArgumentException>().WithMessage("Batch 2 of the stream is null*");
        reference.TrainOnBatch(good.Inputs, good.Targets);
        model.Bits().Should().Equal(reference.Bits(), "the weights are those of the last complete step");
    }

    [Fact]
    public void Line17_batches_whose_weights_are_all_0_are_a_warning()
    {
        Dataset data = TrainingCases.Blobs(6);
        Batch good = new(data.Inputs, data.Targets, Tensor.Ones([6])), empty = new(data.Inputs, data.Targets, Tensor.Zeros([6]));
        TrainingCases.Classifier().Fit([good, empty, empty], new FitOptions { Epochs = 2 }).Warnings
            .Should().ContainSingle().Which.Should().Contain("batch 2 of the stream are all 0");
        TrainingCases.Classifier().Fit([good, new Batch(data.Inputs, data.Targets)]).Warnings.Should().BeEmpty();
    }

    [Fact]
    public void Line17_a_stream_whose_weights_are_all_0_throws_as_a_data_set_does()
    {
        Dataset data = TrainingCases.Blobs(6);
        var empty = new Batch(data.Inputs, data.Targets, Tensor.Zeros([6]));
        TrainingCases.Classifier().Invoking(m => m.Fit([empty, empty]))
            .Should().Throw<ArgumentException>().WithMessage("At least one sample weight must be above 0*all weights in the 2 batches*");
    }

    /// <summary>w −= lr·g/|g|: 0/0 in the padding, and where a gradient is 0.</summary>
    private sealed class ZeroByZero() : Optimizer(1e-3f)
    {
        protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t)
        {
            for (int i = 0; i < w.Length; i++) w[i] -= Rate * g[i] / MathF.Abs(g[i]);
        }
    }
}
