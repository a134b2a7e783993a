namespace DeepLearning.Reporting.Tests;

public sealed class ProgressBarTests
{
    [Fact]
    public void Without_a_terminal_each_epoch_is_one_plain_line()
    {
        using var text = new TextConsole();
        Fit(new ProgressBar { Console = text.Console, Clock = new SteppingClock(TimeSpan.FromMilliseconds(200)) }, epochs: 3);

        text.Lines.Should().HaveCount(3);
        text.Lines[0].Should().MatchRegex(@"^Epoch 1/3  \d+\.\d s · [\d,]+ samples/s · loss \d\.\d{4} · accuracy \d\.\d{4} · val_loss \d\.\d{4} · val_accuracy \d\.\d{4}$");
        text.Output.Should().NotContain("\r").And.NotContain("\u001b");
    }

    [Fact]
    public void A_live_line_shows_steps_and_time_left_and_ends_with_the_whole_epoch()
    {
        using var text = new TextConsole(width: 200);
        Fit(new ProgressBar { Console = text.Console, Live = true, Clock = new SteppingClock(TimeSpan.FromMilliseconds(200)) }, epochs: 1);

        string[] drawn = text.Output.TrimEnd().Split('\r', StringSplitOptions.RemoveEmptyEntries);
        drawn.Should().HaveCount(5, "four steps, each 200 ms after the last, and the end");
        drawn[1].Should().Contain("━━━━━━━━━━━━────────────  2/4").And.Contain("0:00 left").And.Contain("loss").And.NotContain("val_loss");
        drawn[^1].Should().Contain("val_loss");
    }

    [Fact]
    public void A_live_line_is_not_drawn_more_than_ten_times_a_second()
    {
        using var text = new TextConsole();
        Fit(new ProgressBar { Console = text.Console, Live = true, Clock = new SteppingClock(TimeSpan.FromMilliseconds(1)) }, epochs: 2);
        text.Output.Count(c => c == '\r').Should().Be(2, "eight steps of a millisecond are drawn only at the ends of their two epochs");
    }

    [Fact]
    public void A_line_never_gets_wider_than_the_terminal()
    {
        using var text = new TextConsole(width: 30);
        Fit(new ProgressBar { Console = text.Console, Live = true, Clock = new SteppingClock(TimeSpan.FromMilliseconds(200)) }, epochs: 1);
        text.Output.TrimEnd().Split('\r').Should().OnlyContain(line => line.Length < 30);
    }

    [Fact]
    public void A_shorter_line_covers_the_longer_one_before_it()
    {
        using var text = new TextConsole(width: 300);
        Fit(new ProgressBar { Console = text.Console, Live = true, Clock = new SteppingClock(TimeSpan.FromMilliseconds(200)) }, epochs: 1, validation: false);
        string[] drawn = text.Output.TrimEnd('\n').Split('\r', StringSplitOptions.RemoveEmptyEntries);
        drawn[^1].Length.Should().BeGreaterThanOrEqualTo(drawn[^2].TrimEnd().Length);
    }

    [Fact]
    public void A_stream_of_batches_has_no_bar_but_counts_its_steps()
    {
        using var text = new TextConsole();
        var bar = new ProgressBar { Console = text.Console, Live = true, Clock = new SteppingClock(TimeSpan.FromMilliseconds(200)) };
        (Sequential model, Dataset data) = Example();
        model.Fit(data.Batches(8), new FitOptions { Callbacks = [bar] });
        text.Output.Should().Contain("step 2").And.NotContain("━");
    }

    [Fact]
    public void Line12_a_run_taken_up_in_the_middle_of_an_epoch_shows_the_time_and_the_speed_of_what_this_process_did()
    {
        using var scratch = new TemporaryFolder();
        using var text = new TextConsole(width: 200);
        (Sequential first, Dataset data) = Example();
        var options = new FitOptions { BatchSize = 8, Checkpoint = new CheckpointOptions(scratch.Path) { EverySteps = 1 } };
        first.Invoking(m => m.Fit(data, options with { Callbacks = [new Failing(batch: 2)] })).Should().Throw<TimeoutException>();

        // Read at the first batch, after each of two steps, and at the end: two steps of 8 samples in 0.4 s.
        var bar = new ProgressBar { Console = text.Console, Live = true, Clock = new SteppingClock(TimeSpan.FromMilliseconds(200)) };
        Example().Model.Fit(data, options with { Callbacks = [bar] }).ResumedFrom.Should().NotBeNull();
        string[] drawn = text.Output.TrimEnd().Split('\r', StringSplitOptions.RemoveEmptyEntries);
        drawn[0].Should().Contain("3/4 · 40 samples/s · 0:00 left");
        drawn[^1].Should().Contain("0.6 s · 40 samples/s");
    }

    [Fact]
    public void Line12_where_only_the_validation_was_left_there_is_no_speed_to_show()
    {
        using var scratch = new TemporaryFolder();
        using var text = new TextConsole(width: 200);
        (Sequential first, Dataset data) = Example();
        var options = new FitOptions { BatchSize = 8, Validation = data, Checkpoint = new CheckpointOptions(scratch.Path) { EverySteps = 1 } };
        first.Invoking(m => m.Fit(data, options with { Callbacks = [new Failing(batch: -1)] })).Should().Throw<TimeoutException>();
        var bar = new ProgressBar { Console = text.Console, Clock = new SteppingClock(TimeSpan.FromMilliseconds(200)) };
        Example().Model.Fit(data, options with { Callbacks = [bar] });
        text.Lines.Should().ContainSingle().Which.Should().StartWith("Epoch 1/1  0.2 s · loss");
    }

    /// <summary>Fails before a batch, or before the validation.</summary>
    private sealed class Failing(int batch) : Callback
    {
        public override void OnTrainBatchBegin(TrainingContext context)
        {
            if (context.Batch == batch) throw new TimeoutException();
        }

        public override void OnTestBegin(TrainingContext context) => throw new TimeoutException();
    }

    private static void Fit(Callback bar, int epochs, bool validation = true)
    {
        (Sequential model, Dataset data) = Example();
        model.Fit(data, new FitOptions { Epochs = epochs, BatchSize = 8, Validation = validation ? data : null, Callbacks = [bar] });
    }

    private static (Sequential Model, Dataset Data) Example()
    {
        var data = new Dataset(Tensor.RandomUniform([32, 2], seed: 1), Tensor.RandomUniform([32, 1], seed: 2).Greater(0.5f));
        Sequential model = Sequential.Input(2).Dense(1).Sigmoid().Build(seed: 1);
        return (model.Compile(new Sgd(), new BinaryCrossEntropy(), new Accuracy()), data);
    }
}
