using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Training;

/// <summary>Settings that a resume must not change without a word: those of metrics, custom layers and callbacks.</summary>
public sealed class CheckpointSettingsTests : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly ResumeCase run = new();

    private CheckpointOptions Options => new(folder.Path);

    [Fact]
    public void Line14_another_setting_of_a_custom_layer_is_told_where_its_kind_says_how_it_is_written()
    {
        LayerKinds kinds = LayerKinds.BuiltIn.With(
            "Gain", (Gain g, Settings s) => s.Set("factor", g.Factor), s => new Gain(s.GetSingle("factor")));
        ResumeCase half = Of(0.5f), two = Of(2f);
        half.Run(Options with { LayerKinds = kinds });
        two.Invoking(r => r.Run(Options with { LayerKinds = kinds })).Should().Throw<CheckpointMismatchException>()
            .WithMessage("*Settings of layer 1: Gain {\"factor\":0.5} in the checkpoint, Gain {\"factor\":2} in this run*");
        // Kinds that come later, as the message of Load advises, are no other run.
        half.Run(Options with { LayerKinds = LayerKinds.BuiltIn }).History.ResumedFrom.Should().NotBeNull();
        string last = folder["checkpoint-00000020.safetensors"];
        Sequential loop = half.Model();
        loop.LoadCheckpoint(last, new Adam(0.01f));
        loop.Bits().Should().Equal(Sequential.Load(last, kinds).Bits());

        ResumeCase Of(float factor) => run with { Model = () => Sequential.Input(4).Add(new Gain(factor)).Dense(3).Softmax().Build(seed: 7) };
    }

    [Fact]
    public void Line18_a_checkpoint_that_is_no_model_s_file_says_what_would_make_it_one()
    {
        ResumeCase own = run with { Model = () => Sequential.Input(4).Add(new Gain(0.5f)).Dense(3).Softmax().Build() };
        own.Run(Options);
        FluentActions.Invoking(() => Sequential.Load(folder["best.safetensors"])).Should().Throw<ModelFormatException>()
            .WithMessage("*is a checkpoint of a model with custom layers*LoadWeights*CheckpointOptions.LayerKinds*");
        LayerKinds kinds = LayerKinds.BuiltIn.With("Gain", (Gain g, Settings s) => s.Set("factor", g.Factor), s => new Gain(s.GetSingle("factor")));
        ResumeCase five = own with { Options = own.Options with { Epochs = 5 } };
        Sequential trained = five.Run(Options with { LayerKinds = kinds }).Model;
        Sequential.Load(folder["checkpoint-00000025.safetensors"], kinds).Bits().Should().Equal(trained.Bits());
    }

    public static TheoryData<Metric, Metric> Metrics => new()
    {
        { new BinaryAccuracy(0.5), new BinaryAccuracy(0.99) }, { new Huber(1), new Huber(0.01) }, { new BinaryAccuracy(0.5), new Near(0.5f) },
        { new Near(0.5f), new Near(0.1f) },
    };

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Line14_another_setting_of_a_metric_is_another_run(Metric before, Metric after)
    {
        Fit(before).ResumedFrom.Should().BeNull();
        Fit(before).ResumedFrom.Should().NotBeNull();
        FluentActions.Invoking(() => Fit(after)).Should().Throw<CheckpointMismatchException>().WithMessage($"*Metric {before.Name}*");

        History Fit(Metric metric)
        {
            Sequential model = Sequential.Input(2).Dense(1).Sigmoid().Build(seed: 1).Compile(new Adam(), new BinaryCrossEntropy(), metric);
            Tensor x = Tensor.RandomNormal([16, 2], seed: 1);
            return model.Fit(x, Tensor.From([.. Enumerable.Range(0, 16).Select(i => i % 2f)], [16, 1]), new FitOptions { Checkpoint = Options });
        }
    }

    [Fact]
    public void Line14_the_other_direction_of_a_figure_is_another_run_for_who_keeps_its_best()
    {
        Func<MonitorMode, Callback>[] makes =
        [
            mode => new EarlyStopping { Patience = 9, Mode = mode },
            mode => new ModelCheckpoint(folder["best"]) { SaveBestOnly = true, Mode = mode },
        ];
        foreach (Func<MonitorMode, Callback> make in makes)
        {
            CheckpointOptions fresh = Options with { Folder = folder[make(MonitorMode.Auto).GetType().Name] };
            run.Run(fresh, make(MonitorMode.Auto));
            run.Run(fresh, make(MonitorMode.Min)).History.ResumedFrom.Should().NotBeNull();
            run.Invoking(r => r.Run(fresh, make(MonitorMode.Max))).Should().Throw<CheckpointMismatchException>()
                .WithMessage("*highest val_loss*in the checkpoint it looked for the lowest*Mode*");
        }
    }

    [Fact]
    public void Line14_best_weights_that_were_not_kept_are_not_promised()
    {
        run.Run(Options, new EarlyStopping { Patience = 9 });
        run.Invoking(r => r.Run(Options, new EarlyStopping { Patience = 9, RestoreBestWeights = true })).Should().Throw<CheckpointMismatchException>()
            .WithMessage("*RestoreBestWeights = true, but in the checkpoint it was false*");
    }

    [Fact]
    public void Line14_a_run_that_goes_on_was_not_stopped()
    {
        // No loss gets better by 100: the first epoch is the best.
        var first = new EarlyStopping { Monitor = "loss", MinDelta = 100, Patience = 2 };
        run.Run(Options, first).History.Epochs.Should().Be(3);
        first.StoppedEpoch.Should().Be(2);
        var longer = new EarlyStopping { Monitor = "loss", MinDelta = 100, Patience = 20 };
        (run with { Options = run.Options with { Epochs = 6 } }).Run(Options, longer).History.Epochs.Should().Be(6);
        longer.StoppedEpoch.Should().BeNull();
    }

    [Fact]
    public void Line14_a_callback_with_nothing_to_remember_is_put_back_by_beginning_again()
    {
        run.Run(Options with { KeepBest = false, KeepLast = 2 }, new Late { Steps = 1 });
        var late = new Late { Fails = 1 };
        History history = (run with { Options = run.Options with { Epochs = 5 } }).Run(Options with { KeepBest = false }, late).History;
        history.ResumedFrom.Should().EndWith("checkpoint-00000015.safetensors");
        history.Warnings.Should().ContainSingle().Which.Should().Contain("00000020").And.Contain("no such state");
        late.Begun.Should().Be(2);
    }

    [Fact]
    public void Line14_callbacks_of_one_generic_class_keep_their_own_state_and_names_of_classes_do_not_meet()
    {
        run.Invoking(r => r.Run(Options, new Tally<int>(1), new Tally<string>(10), new Tally(2), new Tally(3), new Tally_1(4), new Interruption(12)))
            .Should().Throw<TimeoutException>();
        var (strings, ints, one) = (new Tally<string>(10), new Tally<int>(1), new Tally_1(4));
        run.Run(Options, strings, ints, new Tally(2), new Tally(3), one, new Interruption(0));
        (ints.Sum, strings.Sum, one.Sum).Should().Be((20, 200, 80));
    }

    public void Dispose() => folder.Dispose();

    private sealed class Gain(float factor) : Layer
    {
        public float Factor => factor;

        public override Tensor Forward(Tensor x, LayerContext context) => x * factor;

        public override string ToString() => "Gain";
    }

    /// <summary>Under the name of another metric, with a setting of its own.</summary>
    private sealed class Near(float distance) : MeanMetric
    {
        public override bool HigherIsBetter => false;

        public override string Name => "binary_accuracy";

        public override void PerSample(Tensor predictions, Tensor targets, Span<float> values) => values.Fill(distance);

        public override string ToString() => $"Near({distance})";
    }

    /// <summary>Writes nothing before its first step, and fails at the first states that it gets.</summary>
    private sealed class Late : Callback
    {
        public int Steps { get; set; }

        public int Fails { get; set; }

        public int Begun { get; private set; }

        public override void OnTrainBegin(TrainingContext context) => Begun++;

        public override void SaveState(StateWriter state)
        {
            if (Steps > 0) state.Write("steps", Steps);
        }

        public override void LoadState(StateReader state)
        {
            Steps = (int)state.ReadInt64("steps");
            if (Fails-- > 0) throw new FormatException("no such state");
        }
    }

    private class Tally(int step) : Callback
    {
        public int Sum { get; private set; }

        public override void OnTrainBatchEnd(TrainingContext context, Logs logs) => Sum += step;

        public override void SaveState(StateWriter state) => state.Write("sum", Sum);

        public override void LoadState(StateReader state) => Sum = (int)state.ReadInt64("sum");
    }

    private sealed class Tally<T>(int step) : Tally(step);

    private sealed class Tally_1(int step) : Tally(step);
}
