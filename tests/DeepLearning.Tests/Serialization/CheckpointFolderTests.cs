using DeepLearning.Tests.Support;
using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Serialization;

public sealed class CheckpointFolderTests : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly ResumeCase run = new();

    private CheckpointOptions Options => new(folder.Path);

    [Fact]
    public void A_run_whose_followed_figure_is_NaN_in_the_first_epoch_goes_on()
    {
        ResumeCase odd = run with { Callbacks = () => [new EarlyStopping("val_loss", patience: 9, restoreBestWeights: true), new Nan()] };
        odd.Invoking(r => r.Run(new CheckpointOptions(folder.Path), new Recorder(epochBegin: c =>
        {
            if (c.Epoch == 1) throw new TimeoutException();
        }))).Should().Throw<TimeoutException>();
        odd.Run(new CheckpointOptions(folder.Path)).History.ResumedFrom.Should().NotBeNull();
    }

    /// <summary>Makes the figure of the first epoch NaN.</summary>
    private sealed class Nan : Callback
    {
        public override void OnTestEnd(TrainingContext context, Logs logs)
        {
            if (context.Epoch == 0) logs.Values[logs.Names.ToList().IndexOf("val_loss")] = float.NaN;
        }
    }

    [Fact]
    public void The_last_k_and_the_best_are_kept()
    {
        (_, History history) = run.Run(Options with { KeepLast = 2, Monitor = "loss", Mode = MonitorMode.Max });
        folder.Files.Should().Equal("best.safetensors", Name(15), Name(20));
        long worst = 1 + history["loss"].ToList().IndexOf(history["loss"].Max());
        CheckpointFile.Read(folder["best.safetensors"]).State.Part("checkpoint").Part("loop").ReadInt64("steps").Should().Be(5 * worst);
    }

    [Fact]
    public void The_best_is_that_of_the_validation_where_there_is_one_and_goes_on_being_the_best()
    {
        run.Invoking(r => r.Run(Options, new Interruption(12))).Should().Throw<TimeoutException>();
        (_, History history) = run.Run(Options, new Interruption(0));
        long best = 1 + history["val_loss"].ToList().IndexOf(history["val_loss"].Min());
        CheckpointFile.Read(folder["best.safetensors"]).State.Part("checkpoint").Part("loop").ReadInt64("steps").Should().Be(5 * best);
        Directory.Delete(folder.Path, recursive: true);
        run.Run(Options with { KeepBest = false });
        folder.Files.Should().Equal(Name(10), Name(15), Name(20));
    }

    [Fact]
    public void A_run_that_was_finished_gives_its_result_again_and_can_go_on_for_more_epochs()
    {
        ResumeCase four = run with { Optimizer = () => new Adam(0.01f) { UseEma = true } };
        ResumeCase six = four with { Options = four.Options with { Epochs = 6 } };
        IReadOnlyList<int> first = ResumeCase.Bits(four.Run(Options));
        (Sequential, History History) again = four.Run(Options, []);
        ResumeCase.Bits(again).Should().Equal(first);
        again.History.ResumedFrom.Should().EndWith(Name(20));
        ResumeCase.Bits(six.Run(Options)).Should().Equal(ResumeCase.Bits(six.Run(null)));
        four.Invoking(r => r.Run(Options)).Should().Throw<CheckpointMismatchException>().WithMessage("*Epochs: 6 begun in the checkpoint, 4 requested*");
    }

    [Fact]
    public void Another_monitor_begins_anew_to_look_for_the_best_and_a_warning_says_so()
    {
        run.Run(Options with { Monitor = "accuracy" });
        ResumeCase five = run with { Options = run.Options with { Epochs = 5 } };
        (_, History history) = five.Run(Options with { Monitor = "loss" });
        CheckpointFile.Read(folder["best.safetensors"]).State.Part("checkpoint").Part("loop").ReadInt64("steps").Should().Be(25);
        history.Warnings.Should().ContainSingle(w => w.Contains("the highest accuracy; from here on the best has the lowest loss"));
        five.Run(Options with { Monitor = "loss" }).History.Warnings.Should().NotContain(w => w.Contains("from here on"));
    }

    [Fact]
    public void A_run_that_was_stopped_goes_on_with_more_epochs_and_not_with_the_same()
    {
        var stop = new Recorder(epoch: c => c.Stop());
        run.Run(Options, stop).History.Epochs.Should().Be(1);
        run.Run(Options).History.Epochs.Should().Be(1);
        ResumeCase six = run with { Options = run.Options with { Epochs = 6 } };
        (Sequential, History History) more = six.Run(Options);
        more.History.Epochs.Should().Be(6);
        ResumeCase.Bits(more).Should().Equal(ResumeCase.Bits(six.Run(null)));
    }

    [Fact]
    public void Beginning_anew_replaces_what_is_there_with_the_first_save()
    {
        run.Run(Options);
        ResumeCase other = run with { Model = () => Sequential.Input(4).Dense(3).Softmax().Build() };
        CheckpointOptions anew = Options with { Resume = false };
        other.Invoking(r => r.Run(anew, new Interruption(3))).Should().Throw<TimeoutException>();
        folder.Files.Should().Equal("best.safetensors", Name(10), Name(15), Name(20));
        other.Invoking(r => r.Run(anew, new Interruption(7))).Should().Throw<TimeoutException>();
        folder.Files.Should().Equal("best.safetensors", Name(5));
        other.Run(Options, new Interruption(0)).History.ResumedFrom.Should().Be(folder[Name(5)]);
    }

    [Fact]
    public void Fault45_each_difference_is_named_and_nothing_is_loaded()
    {
        run.Run(Options, new RateByStep());
        Sequential model = Sequential.Input(4).Dense(5).Relu().Dense(3).Softmax().Build(seed: 8)
            .Compile(new RmsProp { ClipNorm = 1f, Momentum = 0.5f }, new SparseCategoricalCrossEntropy { Reduction = LossReduction.MeanWithSampleWeight });
        int[] before = model.Bits();
        CheckpointMismatchException mismatch = model.Invoking(m => m.Fit(TrainingCases.Blobs(40), new FitOptions { Epochs = 4, Checkpoint = Options }))
            .Should().Throw<CheckpointMismatchException>().Which;
        mismatch.Differences.Should().Contain(
        [
            """Layer 1: Dense {"units":6,"use_bias":true} in the checkpoint, Dense {"units":5,"use_bias":true} in this run""",
            "dense.kernel: [4, 6] in the checkpoint, [4, 5] in this run",
            "Layer 5: Softmax in the checkpoint, nothing in this run",
            "Seed: 7 in the checkpoint, 8 in this run", "Optimizer: Adam in the checkpoint, RmsProp in this run",
            "Optimizer.ClipNorm: nothing in the checkpoint, 1 in this run", "Optimizer.Beta1: 0.9 in the checkpoint, nothing in this run",
            "Loss.Reduction: SumOverBatchSize in the checkpoint, MeanWithSampleWeight in this run", "Metrics: accuracy in the checkpoint,  in this run",
            "Rows: 38 in the checkpoint, 40 in this run", "Validation rows: 10 in the checkpoint, 0 in this run",
            "BatchSize: 8 in the checkpoint, 32 in this run",
        ]);
        mismatch.Message.Should().Contain(Name(20)).And.Contain(mismatch.Differences[^1]).And.Contain("Resume");
        model.Bits().Should().Equal(before);
    }

    [Fact]
    public void Callbacks_may_come_but_one_that_remembers_something_may_not_go()
    {
        run.Invoking(r => r.Run(Options, new Interruption(99), new Interruption(7))).Should().Throw<TimeoutException>();
        run.Invoking(r => r.Run(Options)).Should().Throw<CheckpointMismatchException>()
            .Which.Differences.Should().Equal(
                "Callbacks: Interruption in the checkpoint, nothing in this run", "Callbacks: Interruption#1 in the checkpoint, nothing in this run");
        Callback[] more = [new EarlyStopping { Patience = 50 }, new Interruption(99), new Recorder(), new Interruption(99)];
        (Sequential, History History) resumed = run.Run(Options, more);
        ResumeCase.Bits(resumed).Should().Equal(ResumeCase.Bits(run.Run(null)));
        resumed.History.ResumedFrom.Should().Be(folder[Name(5)]);
    }

    [Fact]
    public void Another_learning_rate_holds_from_there_on_and_is_noted()
    {
        run.Invoking(r => r.Run(Options, new Interruption(12))).Should().Throw<TimeoutException>();
        ResumeCase slower = run with { Optimizer = () => new Adam(0.001f) };
        (_, History history) = slower.Run(Options, new Interruption(0));
        history.Warnings.Should().ContainSingle().Which.Should().Contain("0.01; from here on it is 0.001");
        history["loss"].Should().StartWith(run.Run(null).History["loss"].Take(2)).And.NotEqual(run.Run(null).History["loss"]);
    }

    [Fact]
    public void Fault36_Fault37_where_the_newest_is_damaged_the_one_before_is_taken_and_it_is_said()
    {
        IReadOnlyList<int> whole = ResumeCase.Bits(run.Run(Options));
        byte[] good = File.ReadAllBytes(folder[Name(20)]);
        foreach (byte[] damaged in (byte[][])[good[..^1], good[..100], [], [.. good[..500], (byte)(good[500] ^ 1), .. good[501..]], "<html>"u8.ToArray()])
        {
            File.WriteAllBytes(folder[Name(20)], damaged);
            (Sequential, History History) again = run.Run(Options);
            ResumeCase.Bits(again).Should().Equal(whole);
            again.History.ResumedFrom.Should().Be(folder[Name(15)]);
            again.History.Warnings.Should().ContainSingle().Which.Should().Contain(Name(15)).And.Contain(Name(20));
            File.ReadAllBytes(folder[Name(20)]).Should().Equal(good);
        }
    }

    [Fact]
    public void Fault37_a_flipped_bit_in_any_byte_is_found()
    {
        run.Run(Options with { KeepLast = 1, KeepBest = false });
        byte[] bytes = File.ReadAllBytes(folder[Name(20)]);
        for (int i = 0; i < bytes.Length; i += 11)
        {
            bytes[i] ^= (byte)(1 << i % 8);
            File.WriteAllBytes(folder[Name(20)], bytes);
            FluentActions.Invoking(() => CheckpointFile.Read(folder[Name(20)])).Should().Throw<ModelFormatException>("byte {0}", i);
            bytes[i] ^= (byte)(1 << i % 8);
        }
    }

    [Fact]
    public void Fault37_where_all_are_damaged_the_run_says_so_and_trains_nothing()
    {
        run.Run(Options with { KeepLast = 2 });
        foreach (string file in folder.Files.ToArray()) File.WriteAllBytes(folder[file], [1, 2, 3]);
        run.Invoking(r => r.Run(Options)).Should().Throw<ModelFormatException>().WithMessage($"None of the 3 checkpoints*{Name(20)}*{Name(15)}*best*");
        folder.Files.Should().HaveCount(3);
    }

    [Fact]
    public void A_checkpoint_is_a_model_s_file_too()
    {
        ResumeCase plain = run with { Model = () => Sequential.Input(4).Dense(6).Relu().Dense(3).Softmax().Build() };
        Sequential trained = plain.Run(Options).Model;
        Tensor x = TrainingCases.Blobs(9).Inputs;
        Sequential.Load(folder[Name(20)]).Predict(x).ToArray().Should().Equal(trained.Predict(x).ToArray());
    }

    [Fact]
    public void A_run_with_layers_that_files_do_not_know_goes_on_too()
    {
        ResumeCase own = run with { Model = () => Sequential.Input(4).Add(new Twice()).Dense(3).Softmax().Build() };
        own.Invoking(r => r.Run(Options, new Interruption(12))).Should().Throw<TimeoutException>();
        ResumeCase.Bits(own.Run(Options, new Interruption(0))).Should().Equal(ResumeCase.Bits(own.Run(null)));
        FluentActions.Invoking(() => Sequential.Load(folder[Name(20)])).Should().Throw<ModelFormatException>();
    }

    [Fact]
    public void Line18_a_relative_folder_is_that_of_the_directory_where_the_run_began()
    {
        var store = new CheckpointFolder(run.Model(), new CheckpointOptions(Path.GetRelativePath(Environment.CurrentDirectory, folder.Path)));
        var state = new StateWriter();
        state.Write("weights", new float[3]);
        store.Save(new Dictionary<string, string>(), state, 1, best: false);
        // Other tests share the current directory, so it stays as it is: an absolute path does not depend on it.
        store.Names().Should().Equal(folder[Name(1)]);
    }

    [Fact]
    public void Line18_with_the_kinds_of_its_layers_a_checkpoint_is_a_model_s_file()
    {
        ResumeCase own = run with { Model = () => Sequential.Input(4).Add(new Twice()).Dense(3).Softmax().Build() };
        LayerKinds kinds = LayerKinds.BuiltIn.With("Twice", (Twice _, Settings _) => { }, _ => new Twice());
        Sequential trained = own.Run(Options with { LayerKinds = kinds }).Model;
        Sequential.Load(folder[Name(20)], kinds).Bits().Should().Equal(trained.Bits());
    }

    [Fact]
    public void Fault44_a_model_s_file_and_a_newer_version_are_named()
    {
        var state = new StateWriter();
        state.Write("weights", new float[3]);
        AtomicFile.Write(folder[Name(1)], s => SafetensorsFile.Write(s, state.Arrays, new Dictionary<string, string>()));
        run.Invoking(r => r.Run(Options)).Should().Throw<ModelFormatException>().WithMessage("*not a checkpoint*");
        AtomicFile.Write(folder[Name(1)], s => SafetensorsFile.Write(s, state.Arrays, new Dictionary<string, string> { ["checkpoint.version"] = "9" }));
        run.Invoking(r => r.Run(Options)).Should().Throw<ModelFormatException>().WithMessage("*version 9*version 2*");
    }

    [Fact]
    public void Fault52_a_folder_that_cannot_be_written_is_an_IOException_and_the_training_so_far_stays()
    {
        File.WriteAllText(folder["file"], "");
        Model? model = null;
        var steps = new Recorder(batch: (c, _) => model = c.Model);
        run.Invoking(r => r.Run(new CheckpointOptions(folder["file"]), steps)).Should().Throw<IOException>();
        model.Should().BeNull("what is known before training is said before it");
        var vanishing = new Recorder(batch: (c, _) =>
        {
            model = c.Model;
            if (!Directory.Exists(folder["gone"])) return;
            Directory.Delete(folder["gone"], recursive: true);
            File.WriteAllText(folder["gone"], "");
        });
        run.Invoking(r => r.Run(new CheckpointOptions(folder["gone"]), vanishing)).Should().Throw<IOException>();
        ResumeCase one = run with { Options = run.Options with { Epochs = 1 } };
        model!.Bits().Should().Equal(one.Run(null).Model.Bits());
    }

    [Fact]
    public void Fault50_a_save_that_fails_leaves_the_checkpoint_before_and_the_run_goes_on_from_it()
    {
        Directory.CreateDirectory(folder[Name(10)]);
        run.Invoking(r => r.Run(Options)).Should().Throw<IOException>().WithMessage($"*{Name(10)}*");
        folder.Files.Should().Equal("best.safetensors", Name(5));
        Directory.Delete(folder[Name(10)]);
        (Sequential, History History) resumed = run.Run(Options);
        ResumeCase.Bits(resumed).Should().Equal(ResumeCase.Bits(run.Run(null)));
        resumed.History.ResumedFrom.Should().Be(folder[Name(5)]);
    }

    [Fact]
    public void Fault50_where_the_first_save_of_a_run_begun_anew_fails_the_old_checkpoints_are_as_they_were()
    {
        IReadOnlyList<int> finished = ResumeCase.Bits(run.Run(Options));
        Directory.CreateDirectory(folder[Name(5)]);
        run.Invoking(r => r.Run(Options with { Resume = false })).Should().Throw<IOException>().WithMessage($"*{Name(5)}*");
        folder.Files.Should().Equal("best.safetensors", Name(10), Name(15), Name(20));
        ResumeCase.Bits(run.Run(Options)).Should().Equal(finished);
    }

    [Fact]
    public void Weights_that_are_not_finite_are_in_no_checkpoint()
    {
        run.Invoking(r => r.Run(Options with { EverySteps = 1 }, new Recorder(batch: (c, _) =>
        {
            if (c.Batch == 2) c.Model.Parameters[0].Value.AsSpan().Fill(float.PositiveInfinity);
        }))).Should().Throw<TrainingDivergedException>();
        folder.Files.Should().Equal(Name(1), Name(2));
    }

    [Fact]
    public void Fault51_what_a_killed_save_left_is_cleaned_up()
    {
        string[] leftovers = [.. new[] { Name(5), Name(317), "best.safetensors" }.Select(n => $".{n}.{Guid.NewGuid():N}.tmp")];
        string other = $".model.safetensors.{Guid.NewGuid():N}.tmp";
        foreach (string name in (string[])[.. leftovers, other]) File.WriteAllBytes(folder[name], [1]);
        run.Run(Options with { KeepBest = false });
        folder.Files.Should().NotContain(leftovers).And.Contain(other);
    }

    [Fact]
    public void Fault51_a_process_killed_in_the_first_save_of_a_run_begun_anew_leaves_the_checkpoints_of_the_run_before()
    {
        run.Run(Options);
        string[] before = [.. folder.Files];
        // Where it was killed: the others stand aside, and the new one is not there yet.
        foreach (string name in before) File.Move(folder[name], folder[name + ".aside"]);
        run.Run(Options).History.ResumedFrom.Should().Be(folder[Name(20)]);
        folder.Files.Should().Equal(before);
    }

    [Fact]
    public void Options_out_of_range_and_a_figure_that_is_not_there_throw_before_training()
    {
        FluentActions.Invoking(() => new CheckpointOptions("")).Should().Throw<ArgumentException>().WithMessage("*Folder*");
        FluentActions.Invoking(() => Options with { EverySteps = 0 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*EverySteps*0*");
        FluentActions.Invoking(() => Options with { KeepLast = 0 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*KeepLast*0*");
        run.Invoking(r => r.Run(Options with { Monitor = "val_precision" })).Should().Throw<ArgumentException>().WithMessage("*val_precision*val_loss*");
        folder.Files.Should().BeEmpty();
    }

    [Fact]
    public void A_stream_that_gives_other_batches_is_found_out()
    {
        Dataset data = TrainingCases.Blobs(40);
        var options = new FitOptions { Epochs = 2, Checkpoint = Options with { EverySteps = 1 } };
        TrainingCases.Classifier().Invoking(m => m.Fit(data.Batches(8), options with { Callbacks = [new Interruption(3)] })).Should().Throw<TimeoutException>();
        options = options with { Callbacks = [new Interruption(0)] };
        TrainingCases.Classifier().Invoking(m => m.Fit(data.Batches(4), options))
            .Should().Throw<InvalidOperationException>().WithMessage("*2 batches with 16*2 batches with 8*");
        TrainingCases.Classifier().Invoking(m => m.Fit(data.Batches(40), options))
            .Should().Throw<InvalidOperationException>().WithMessage("*2 batches*1 batches with 40*");
    }

    public void Dispose() => folder.Dispose();

    private sealed class Twice : Layer
    {
        public override Tensor Forward(Tensor x, LayerContext context) => x + x;
    }

    private static string Name(int steps) => $"checkpoint-{steps:00000000}.safetensors";
}
