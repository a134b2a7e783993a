using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Training;

/// <summary>What a moving average of the weights is an average of, and who sees it.</summary>
public sealed class AverageTests
{
    private static readonly Dataset Data = TrainingCases.Plane(24), Held = TrainingCases.Plane(12, seed: 9);

    [Fact]
    public void FoundT03_validation_callbacks_after_an_epoch_and_the_end_of_Fit_see_the_same_averaged_weights()
    {
        Sequential model = Averaged();
        var seen = new List<(int[] Bits, float Loss)>();
        int[]? inBatch = null;
        var watch = new Recorder(
            epoch: c => seen.Add((c.Model.Bits(), c.Model.Evaluate(Held, batchSize: 8).Loss)), batch: (c, _) => inBatch = c.Model.Bits());
        History history = model.Fit(Data, Options(3) with { Validation = Held, Callbacks = [watch] });
        history["val_loss"].Should().Equal(seen.Select(s => s.Loss));
        model.Bits().Should().Equal(seen[^1].Bits);
        model.Evaluate(Held, batchSize: 8).Loss.Should().Be(history["val_loss"][^1]);
        inBatch.Should().NotEqual(seen[^1].Bits, "a step sees the weights in training");
    }

    [Fact]
    public void FoundT03_looking_at_the_average_changes_nothing_of_the_training()
    {
        int[] one = Run(Options(4)), judged = Run(Options(4) with { Validation = Held });
        judged.Should().Equal(one);

        static int[] Run(FitOptions options)
        {
            Sequential model = Averaged();
            model.Fit(Data, options);
            return model.Bits();
        }
    }

    [Fact]
    public void FoundT03_EarlyStopping_restores_the_averaged_weights_of_the_best_epoch()
    {
        Sequential model = Averaged(rate: 0.6f);
        var stopping = new EarlyStopping { RestoreBestWeights = true, Patience = 2 };
        History history = model.Fit(Data, Options(30) with { Validation = Held, Callbacks = [stopping] });
        model.Evaluate(Held, batchSize: 8).Loss.Should().Be(history["val_loss"][stopping.BestEpoch]).And.Be(history["val_loss"].Min());
    }

    [Fact]
    public void FoundT03_ModelCheckpoint_and_the_best_checkpoint_have_the_averaged_weights()
    {
        using var folder = new ScratchFolder();
        Sequential model = Averaged();
        History history = model.Fit(Data, Options(3) with
        {
            Validation = Held,
            Callbacks = [new ModelCheckpoint(folder["epoch-{epoch}.safetensors"])],
            Checkpoint = new CheckpointOptions(folder["run"]),
        });
        for (int epoch = 0; epoch < 3; epoch++)
        {
            Sequential saved = Sequential.Load(folder[$"epoch-{epoch + 1}.safetensors"]).Compile(new Sgd(), new MeanSquaredError());
            saved.Evaluate(Held, batchSize: 8).Loss.Should().Be(history["val_loss"][epoch]);
        }

        Sequential best = Sequential.Load(Path.Combine(folder["run"], "best.safetensors")).Compile(new Sgd(), new MeanSquaredError());
        best.Evaluate(Held, batchSize: 8).Loss.Should().Be(history["val_loss"].Min());
        Sequential.Load(Path.Combine(folder["run"], "checkpoint-00000009.safetensors")).Bits().Should().Equal(model.Bits());
    }

    public static TheoryData<string, Action<Sequential, EarlyStopping>> Beginnings => new()
    {
        { "after a whole Fit", (m, _) => m.Fit(Data, Options(3)) },
        { "after restored best weights", (m, stopping) => m.Fit(Data, Options(3) with { Validation = Held, Callbacks = [stopping] }) },
        { "after single steps", (m, _) => m.TrainOnBatch(Data.Inputs, Data.Targets) },
        { "after a divergence", (m, _) => Fails<TrainingDivergedException>(m, new Recorder(batch: Blow)) },
        { "after a callback's exception", (m, _) => Fails<TimeoutException>(m, new Recorder(epoch: _ => throw new TimeoutException())) },
    };

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void FoundT03_the_next_Fit_averages_from_the_weights_that_are_there(string why, Action<Sequential, EarlyStopping> before)
    {
        Sequential used = Averaged(), fresh = Averaged();
        before(used, new EarlyStopping { RestoreBestWeights = true, Patience = 9 });
        foreach (Sequential model in new[] { used, fresh })
            foreach (Parameter parameter in model.Parameters) parameter.Value.AsSpan().Fill(3f);
        // Plain gradient descent has no state of its own, so that the average is all that could be left; full batches do not depend on their order.
        fresh.StepsTrained = used.StepsTrained;
        used.Fit(Data, Options(2));
        fresh.Fit(Data, Options(2));
        used.Bits().Should().Equal(fresh.Bits(), why);
    }

    [Fact]
    public void FoundT03_a_Fit_without_updates_leaves_the_weights_that_were_set()
    {
        Sequential model = Averaged();
        model.Fit(Data, Options(2));
        model.Parameters[0].Value.AsSpan().Fill(5f);
        int[] set = model.Bits();
        model.Fit(Data, Options(0));
        model.Bits().Should().Equal(set);
        model.Fit(Data, Options(1)).Epochs.Should().Be(1);
        model.Bits().Should().NotEqual(set);
    }

    [Fact]
    public void FoundT03_weights_that_a_callback_sets_after_an_epoch_stay_and_begin_the_average_anew()
    {
        Sequential model = Averaged(), fresh = Averaged();
        model.Fit(Data, Options(2) with { Callbacks = [new Recorder(epoch: c => Fill(c.Model, c.Epoch == 0))] });
        Fill(fresh, true);
        fresh.StepsTrained = 3;
        fresh.Fit(Data, Options(1));
        model.Bits().Should().Equal(fresh.Bits());

        static void Fill(Model model, bool now)
        {
            if (!now) return;
            foreach (Parameter parameter in model.Parameters) parameter.Value.AsSpan().Fill(2f);
        }
    }

    [Fact]
    public void FoundT03_a_callback_that_throws_leaves_the_weights_of_the_last_whole_step()
    {
        Sequential model = Averaged();
        int[]? last = null;
        var callback = new Recorder(epoch: c => throw new TimeoutException(), batch: (c, _) => last = c.Model.Bits());
        model.Invoking(m => m.Fit(Data, Options(2) with { Callbacks = [callback] })).Should().Throw<TimeoutException>();
        model.Bits().Should().Equal(last);
    }

    [Fact]
    public void FoundT03_cancelled_in_its_validation_it_goes_on_with_the_same_bits()
    {
        using var folder = new ScratchFolder();
        using var source = new CancellationTokenSource();
        FitOptions options = Options(4) with { Validation = Held };
        Sequential whole = Averaged(), first = Averaged(), second = Averaged();
        whole.Fit(Data, options);
        int[]? last = null;
        FitOptions saved = options with { Checkpoint = new CheckpointOptions(folder.Path) };
        first.Invoking(m => m.Fit(Data, saved with
        {
            Callbacks = [new Recorder(batch: (c, _) =>
            {
                last = c.Model.Bits();
                if (c is { Epoch: 1, Batch: 2 }) source.Cancel();
            })],
        }, source.Token)).Should().Throw<TrainingCanceledException>().Which.History.Epochs.Should().Be(1);
        first.Bits().Should().Equal(last, "the trained weights, not the average");
        second.Fit(Data, saved).Epochs.Should().Be(4);
        second.Bits().Should().Equal(whole.Bits());
    }

    private static void Fails<TFailure>(Sequential model, Callback callback) where TFailure : Exception
        => model.Invoking(m => m.Fit(Data, Options(3) with { Callbacks = [callback] })).Should().Throw<TFailure>();

    private static void Blow(TrainingContext context, Logs logs)
    {
        if (context.Epoch == 1) context.Model.Parameters[0].Value.AsSpan().Fill(float.MaxValue);
    }

    private static FitOptions Options(int epochs) => new() { Epochs = epochs, BatchSize = 8, Shuffle = false };

    private static Sequential Averaged(float rate = 0.1f)
        => Sequential.Input(2).Dense(1).Build(seed: 3).Compile(new Sgd(rate) { UseEma = true, EmaMomentum = 0.8f }, new MeanSquaredError());
}
