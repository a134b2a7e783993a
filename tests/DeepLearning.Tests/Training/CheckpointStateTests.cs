using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Training;

/// <summary>
/// State that no run can have, in a file whose checksum is right: it is read and checked before anything is changed, is always a
/// <see cref="ModelFormatException"/>, and the checkpoint before is taken.
/// </summary>
public sealed class CheckpointStateTests : IDisposable
{
    private const string Between = "checkpoint-00000010.safetensors", Within = "checkpoint-00000013.safetensors";

    /// <summary>Step 13 is the third of five of its epoch, in the middle of an accumulation.</summary>
    private static readonly ResumeCase Run = new()
    {
        Optimizer = () => new Adam(0.01f) { GradientAccumulationSteps = 4, UseEma = true },
        Callbacks = () => [new EarlyStopping { Patience = 30, RestoreBestWeights = true }, new ModelCheckpoint(Path.Combine(AppContext.BaseDirectory, "unused.safetensors"))
        {
            SaveBestOnly = true, InitialValueThreshold = 0f,
        }],
    };

    private readonly ScratchFolder folder = new();
    private Sequential? model;
    private Optimizer? optimizer;

    /// <summary>The value of a checkpoint in the middle of an epoch, and what stands there instead; an empty text takes it out.</summary>
    public static TheoryData<string, string> Values => new()
    {
        { "optimizer.buffers", "0" }, { "optimizer.buffers", "1" }, { "optimizer.buffers", "3" }, { "optimizer.buffers", "-1" },
        { "optimizer.buffers", "2147483647" }, { "optimizer.buffers", "4294967298" }, { "optimizer.buffers", "" },
        { "optimizer.accumulated", "-1" }, { "optimizer.accumulated", "4" }, { "optimizer.accumulated", "0" }, { "optimizer.accumulated", "" },
        { "optimizer.steps", "-1" }, { "optimizer.steps", "0" }, { "optimizer.steps", "9223372036854775807" }, { "optimizer.steps", "" },
        { "optimizer.learningRate", "NaN" }, { "optimizer.learningRate", "-0.1" }, { "optimizer.learningRate", "Infinity" }, { "optimizer.learningRate", "" },
        { "optimizer.startRate", "NaN" }, { "optimizer.startRate", "-1" }, { "optimizer.startRate", "-Infinity" }, { "optimizer.startRate", "fast" },
        { "optimizer.averages", "false" }, { "optimizer.averages", "" }, { "optimizer.averages", "1" },
        { "loop.epoch", "-2147483648" }, { "loop.epoch", "-1" }, { "loop.epoch", "1" }, { "loop.epoch", "3" }, { "loop.epoch", "4294967298" },
        { "loop.epoch", "99999999999999999999" }, { "loop.epoch", "2.0" }, { "loop.epoch", "" },
        { "loop.lastEpoch", "-1" }, { "loop.lastEpoch", "1" }, { "loop.lastEpoch", "" }, { "loop.withinEpoch", "false" }, { "loop.withinEpoch", "" },
        { "loop.batch", "-1" }, { "loop.batch", "0" }, { "loop.batch", "2" }, { "loop.batch", "6" }, { "loop.batch", "2147483648" }, { "loop.batch", "" },
        { "loop.steps", "-1" }, { "loop.steps", "12" }, { "loop.steps", "14" }, { "loop.steps", "" },
        { "loop.epochBeginning", "-1" }, { "loop.epochBeginning", "9" }, { "loop.epochBeginning", "" }, { "loop.stopping", "maybe" }, { "loop.stopping", "" },
        { "loop.epochs", "0" }, { "loop.epochs", "2" }, { "loop.epochs", "-4" }, { "loop.epochs", "" },
        { "loop.best", "NaN" }, { "loop.best", "-Infinity" }, { "loop.best", "0.125" }, { "loop.best", "" },
        { "loop.monitor", "nothing" }, { "loop.monitor", "" }, { "loop.higherIsBetter", "" }, { "loop.logs", "" }, { "loop.epochWeights", "" },
        { "loop.means.samples", "-8" }, { "loop.means.samples", "16" }, { "loop.means.samples", "25" }, { "loop.means.samples", "" },
        { "loop.means.losses", "NaN" }, { "loop.means.losses", "Infinity" }, { "loop.means.losses", "1e300" }, { "loop.means.metric.0.sum.0", "3" },
        { "loop.means.losses", "" }, { "loop.means.metric.0.sum.0", "" }, { "loop.means.metric.0.sum.1", "3" }, { "loop.means.metric.0.rows", "" },
        { "history.epochs", "0" }, { "history.epochs", "1" }, { "history.epochs", "3" }, { "history.epochs", "-1" }, { "history.epochs", "" },
        { "history.loss", "" }, { "history.val_accuracy", "" },
        { "model.stepsTrained", "-1" }, { "model.stepsTrained", "12" }, { "model.stepsTrained", "" },
        { "model.forwardPasses", "-2" }, { "model.forwardPasses", "" },
        { "callback.EarlyStopping.waited", "-1" }, { "callback.EarlyStopping.waited", "5" }, { "callback.EarlyStopping.waited", "" },
        { "callback.EarlyStopping.keepsWeights", "false" }, { "callback.EarlyStopping.bestEpoch", "2" }, { "callback.EarlyStopping.bestEpoch", "-1" },
        { "callback.EarlyStopping.stoppedEpoch", "2" }, { "callback.EarlyStopping.waited", "3" }, { "callback.EarlyStopping.best", "-Infinity" },
        { "callback.EarlyStopping.higherIsBetter", "" }, { "callback.ModelCheckpoint.best", "-Infinity" },
        { "callback.EarlyStopping.best", "NaN" }, { "callback.EarlyStopping.best", "" }, { "callback.EarlyStopping.bestEpoch", "-2" },
        { "callback.EarlyStopping.bestEpoch", "4" }, { "callback.EarlyStopping.stoppedEpoch", "-2" }, { "callback.EarlyStopping.stoppedEpoch", "4" },
        { "callback.EarlyStopping.bestWeights", "" }, { "callback.EarlyStopping.keepsWeights", "" }, { "callback.EarlyStopping.monitor", "" },
        { "callback.ModelCheckpoint.best", "NaN" }, { "callback.ModelCheckpoint.best", "" }, { "callback.ModelCheckpoint.lastPath", "" },
        { "callbacks", "" }, { "callbacks", "EarlyStopping" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Line14_a_value_that_no_run_can_have_is_refused_and_nothing_is_changed(string name, string value)
    {
        Record();
        Edit(Within, e => Set(e, name, value));
        // Numbers that do not fit each other may be told at either of them.
        Refused(Within, $"checkpoint.{name.Split('.')[0]}");
    }

    [Theory]
    [InlineData("optimizer.buffer.0", float.NaN)]
    [InlineData("optimizer.buffer.1", float.PositiveInfinity)]
    [InlineData("optimizer.gradients", float.NaN)]
    [InlineData("optimizer.trained", float.NegativeInfinity)]
    [InlineData("loop.epochWeights", float.NaN)]
    [InlineData("loop.logs", 7f)]
    [InlineData("history.loss", float.NaN)]
    [InlineData("callback.EarlyStopping.bestWeights", float.NaN)]
    [InlineData("../dense.kernel", float.NaN)]
    [InlineData("../dense_1.bias", float.PositiveInfinity)]
    public void Line14_an_array_that_no_run_can_have_is_refused(string name, float value)
    {
        Record();
        string full = Full(name);
        Edit(Within, e => e.Arrays[full] = Tensor.Full(e.Arrays[full].Shape, value));
        Refused(Within, name);
        Func<Tensor, Tensor>[] shapes = [t => t.Reshape(1, t.Count), t => Tensor.From(t.ToArray().AsSpan(1)), t => Tensor.Zeros([0])];
        foreach (Func<Tensor, Tensor> reshape in shapes)
        {
            Record();
            Edit(Within, e => e.Arrays[full] = reshape(e.Arrays[full]));
            Refused(Within, name);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.MaxValue)]
    public void Line14_nor_may_what_lies_between_the_parameters_be_anything(float value)
    {
        Record();
        string full = Full("optimizer.buffer.0");
        Edit(Within, e =>
        {
            Tensor changed = e.Arrays[full].Clone();
            // dense.kernel [4, 6] fills 24 of 32 places.
            changed.AsSpan()[25] = value;
            e.Arrays[full] = changed;
        });
        Refused(Within, "optimizer.buffer.0").Message.Should().Contain("between the parameters");
    }

    [Theory]
    [InlineData("loop.epoch", "0")]
    [InlineData("loop.epoch", "5")]
    [InlineData("loop.withinEpoch", "true")]
    [InlineData("loop.batch", "0")]
    [InlineData("loop.lastEpoch", "2")]
    [InlineData("loop.best", "0.125")]
    [InlineData("history.epochs", "1")]
    public void Line14_the_same_between_two_epochs(string name, string value)
    {
        Record();
        Edit(Between, e => Set(e, name, value));
        Refused(Between, $"checkpoint.{name[..name.LastIndexOf('.')]}");
    }

    [Fact]
    public void Line13_an_optimizer_without_its_state_is_refused_also_where_its_arrays_are_gone()
    {
        Record();
        Edit(Within, e =>
        {
            Set(e, "optimizer.buffers", "0");
            foreach (string name in e.Arrays.Keys.Where(k => k.Contains("buffer.")).ToArray()) e.Arrays.Remove(name);
        });
        Refused(Within, "optimizer.buffers").Message.Should().Contain("expected 2 (of Adam after");
    }

    [Theory]
    [MemberData(nameof(ResumeTests.Optimizers), MemberType = typeof(ResumeTests))]
    public void Line13_every_optimizer_knows_how_many_buffers_it_has(int index, string name)
    {
        Optimizer each = Contracts.OptimizerContract.Rows[index].Make(0.01f);
        var steps = new OptimizerRun(each, [1f, 2f, 3f, 4f]);
        steps.Step([1f, 1f, 1f, 1f]);
        var state = new StateWriter();
        each.SaveState(state);
        int buffers = int.Parse(state.Texts["buffers"], System.Globalization.CultureInfo.InvariantCulture);
        foreach (int wrong in (int[])[buffers - 1, buffers + 1, 0])
        {
            if (wrong < 0 || wrong == buffers) continue;
            var edited = new StateWriter();
            foreach ((string key, string text) in state.Texts) edited.Write(key, key == "buffers" ? $"{wrong}" : text);
            for (int i = 0; i < wrong; i++) edited.Write($"buffer.{i}", new float[32]);
            Optimizer fresh = Contracts.OptimizerContract.Rows[index].Make(0.01f);
            fresh.Invoking(o => o.PrepareState(new ParameterSet(("first", [3]), ("second", [1])), edited.Read()))
                .Should().Throw<ModelFormatException>(name).WithMessage($"*expected {buffers} *buffers, got '{wrong}'*");
        }
    }

    [Fact]
    public void Line13_an_optimizer_of_the_user_s_own_is_refused_where_its_buffers_and_their_number_differ()
    {
        ResumeCase own = Run with { Optimizer = () => new Heavy() };
        own.Run(new CheckpointOptions(folder.Path) { KeepBest = false, KeepLast = 1 });
        string last = "checkpoint-00000020.safetensors";
        own.Run(new CheckpointOptions(folder.Path)).History.ResumedFrom.Should().EndWith(last);
        foreach (string buffers in (string[])["0", "1", "3"])
        {
            Edit(last, e => Set(e, "optimizer.buffers", buffers));
            own.Invoking(r => r.Run(new CheckpointOptions(folder.Path))).Should().Throw<ModelFormatException>()
                .WithMessage($"*expected 2 (of Heavy after 20 steps)*buffers, got '{buffers}'*");
        }
    }

    [Fact]
    public void Line14_the_older_checkpoint_is_taken_and_the_run_ends_as_if_nothing_had_been()
    {
        IReadOnlyList<int> whole = ResumeCase.Bits(Run.Run(null));
        Record();
        File.Copy(folder[Within], folder["kept"]);
        foreach ((string name, string value) in ((string, string)[])
            [("loop.epoch", "-2147483648"), ("loop.batch", "-1"), ("optimizer.learningRate", "NaN"), ("optimizer.buffers", "0"), ("model.stepsTrained", ""),
                ("callback.EarlyStopping.waited", "-1"), ("callback.ModelCheckpoint.best", "NaN")])
        {
            Record();
            File.Copy(folder["kept"], folder[Within], overwrite: true);
            Edit(Within, e => Set(e, name, value));
            (Sequential, History History) resumed = Run.Run(new CheckpointOptions(folder.Path));
            ResumeCase.Bits(resumed).Should().Equal(whole, name);
            resumed.History.ResumedFrom.Should().Be(folder[Between]);
            resumed.History.Warnings.Should().ContainSingle().Which.Should().Contain(Within).And.Contain(name);
        }
    }

    [Fact]
    public void Line14_a_callback_that_cannot_take_its_state_leaves_all_of_them_as_they_were()
    {
        Record(new Choosy("good"));
        var last = new Choosy("good");
        Exception[] failures = [new FormatException("no such thing"), new ModelFormatException("no such thing"), new ArgumentOutOfRangeException()];
        foreach (Exception failure in failures)
        {
            last.Failure = failure;
            ModelFormatException thrown = Refused(Within, failure is ArgumentOutOfRangeException ? "Choosy" : "no such thing", last);
            thrown.Message.Should().Contain("None of the 2 checkpoints");
            last.Loads.Should().Equal(["bad?", "good", "bad?", "good"], "each attempt was taken back");
            last.Loads.Clear();
        }

        last.Failure = new InvalidOperationException("set up otherwise");
        Invoke(Within, last).Should().Throw<CheckpointMismatchException>().WithMessage("*set up otherwise*");
    }

    [Fact]
    public void Line14_in_a_loop_of_one_s_own_nothing_is_changed_either()
    {
        Record();
        foreach ((string name, string value) in ((string, string)[])
            [("optimizer.learningRate", "NaN"), ("optimizer.buffers", "1"), ("optimizer.accumulated", "-1"), ("model.stepsTrained", ""), ("optimizer.steps", "")])
        {
            Edit(Within, e => Set(e, name, value), to: "edited");
            (Sequential fresh, Optimizer adam) = (Run.Model(), Run.Optimizer());
            string before = StateBits.Of(fresh, adam, []);
            fresh.Invoking(m => m.LoadCheckpoint(folder["edited"], adam)).Should().Throw<ModelFormatException>().WithMessage($"*edited*checkpoint.{name}*");
            StateBits.Of(fresh, adam, []).Should().Be(before);
        }
    }

    [Fact]
    public void Line14_weights_that_are_not_finite_are_in_no_checkpoint_of_a_loop_of_one_s_own()
    {
        Sequential diverged = Run.Model();
        diverged.SaveCheckpoint(folder["c"]);
        byte[] good = File.ReadAllBytes(folder["c"]);
        diverged.Parameters["dense.bias"].Value.AsSpan()[1] = float.NaN;
        diverged.Invoking(m => m.SaveCheckpoint(folder["c"])).Should().Throw<InvalidOperationException>().WithMessage("*dense.bias*not finite*");
        File.ReadAllBytes(folder["c"]).Should().Equal(good);
    }

    [Fact]
    public void Line14_a_checkpoint_under_another_number_is_refused()
    {
        Record();
        File.Move(folder[Within], folder["checkpoint-00000014.safetensors"]);
        Refused("checkpoint-00000014.safetensors", "loop.steps");
    }

    [Fact]
    public void Line14_mutated_state_never_ends_otherwise_than_it_should()
        => CheckpointStateFuzz.Run(count: 150, seed: 1).Should().Contain("150 files");

    public void Dispose() => folder.Dispose();

    /// <summary>Runs to step 13, and leaves the checkpoints of steps 10 and 13.</summary>
    private void Record(params Callback[] more)
    {
        foreach (string file in folder.Files.Where(f => f.EndsWith(".safetensors", StringComparison.Ordinal)).ToArray()) File.Delete(folder[file]);
        using var source = new CancellationTokenSource();
        var cancel = new Recorder(batch: (c, _) =>
        {
            if ((c.Epoch, c.Batch) == (2, 2)) source.Cancel();
        });
        var options = new CheckpointOptions(folder.Path) { KeepBest = false, KeepLast = 2 };
        Run.Invoking(r => r.Run(options, source.Token, [.. more, cancel])).Should().Throw<OperationCanceledException>();
        folder.Files.Should().Contain([Between, Within]);
    }

    private void Edit(string name, Action<CheckpointEdit> change, string? to = null)
    {
        var edit = new CheckpointEdit(folder[name]);
        change(edit);
        edit.WriteTo(folder[to ?? name]);
    }

    private static string Full(string name) => name.StartsWith("../", StringComparison.Ordinal) ? name[3..] : $"checkpoint.{name}";

    private static void Set(CheckpointEdit edit, string name, string value)
    {
        string full = Full(name);
        if (value.Length > 0) edit.Texts.Should().ContainKey(full);
        if (value.Length > 0) edit.Texts[full] = value;
        else (edit.Texts.Remove(full) | edit.Arrays.Remove(full)).Should().BeTrue();
    }

    /// <summary>Takes the run up where only one checkpoint is: weights, optimizer and callbacks stay as they were.</summary>
    private ModelFormatException Refused(string name, string part, params Callback[] more)
    {
        foreach (string other in folder.Files.Where(f => f.StartsWith("checkpoint", StringComparison.Ordinal) && f != name && more.Length == 0).ToArray())
            File.Delete(folder[other]);
        (model, optimizer) = (Run.Model(), Run.Optimizer());
        string before = StateBits.Of(model, optimizer, []);
        Callback[] callbacks = Run.Callbacks();
        string? begun = null;
        // The last one: when its run begins, those before it have begun.
        var witness = new Witness(() => begun = StateBits.Of(model, optimizer, callbacks));
        ModelFormatException thrown = Invoke(callbacks, [.. more, witness]).Should().Throw<ModelFormatException>().Which;
        thrown.Message.Should().Contain(name).And.Contain(part.StartsWith("../", StringComparison.Ordinal) ? part[3..] : part);
        StateBits.Of(model, optimizer, []).Should().Be(before);
        if (begun is not null) StateBits.Of(model, optimizer, callbacks).Should().Be(begun);
        else callbacks.OfType<EarlyStopping>().Single().BestEpoch.Should().Be(-1);
        return thrown;
    }

    private Action Invoke(string name, params Callback[] more)
    {
        (model, optimizer) = (Run.Model(), Run.Optimizer());
        return Invoke(Run.Callbacks(), more);
    }

    private Action Invoke(Callback[] callbacks, Callback[] more)
    {
        model!.Compile(optimizer!, new SparseCategoricalCrossEntropy(), new Accuracy());
        FitOptions options = Run.Options with { Checkpoint = new CheckpointOptions(folder.Path), Callbacks = [.. callbacks, .. more] };
        return () => model.Fit(TrainingCases.Blobs(48), options);
    }

    private sealed class Witness(Action begins) : Callback
    {
        public override void OnTrainBegin(TrainingContext context) => begins();
    }

    /// <summary>Takes only what it had itself.</summary>
    private sealed class Choosy(string state) : Callback
    {
        public Exception? Failure { get; set; }

        public List<string> Loads { get; } = [];

        public override void SaveState(StateWriter to) => to.Write("state", Failure is null ? "bad?" : state);

        public override void LoadState(StateReader from)
        {
            Loads.Add(from.ReadString("state"));
            if (Loads[^1] != state) throw Failure!;
        }
    }

    private sealed class Heavy() : Optimizer(0.01f)
    {
        protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t)
        {
            Span<float> v = State(0), largest = State(1, float.NegativeInfinity);
            for (int i = 0; i < w.Length; i++)
            {
                v[i] = 0.9f * v[i] + g[i];
                largest[i] = Math.Max(largest[i], v[i]);
                w[i] -= Rate * v[i];
            }
        }
    }
}
