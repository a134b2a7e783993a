using DeepLearning.Tests.Support;
using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Callbacks;

public sealed class StopFileTests : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly ResumeCase run = new();
    private readonly SetClock clock = new();

    private string File => folder["stop"];

    [Theory]
    [InlineData(false, 8)]
    [InlineData(true, 10)]
    public void A_file_that_appears_stops_the_run_after_the_step_or_after_its_epoch(bool wholeEpochs, long steps)
    {
        Optimizer optimizer = new Adam(0.01f);
        var stop = new StopFile(File, wholeEpochs) { Clock = clock };
        (_, History history) = (run with { Optimizer = () => optimizer }).Run(null, Touch(8), stop);
        (history.Epochs, optimizer.Steps, stop.StoppedEpoch).Should().Be((2, steps, 1));
        System.IO.File.Exists(File).Should().BeTrue();
    }

    [Fact]
    public void Once_the_file_is_gone_the_run_goes_on_where_it_stopped_with_the_same_bits()
    {
        IReadOnlyList<int> whole = ResumeCase.Bits(run.Run(null));
        var checkpoint = new CheckpointOptions(folder["run"]);
        run.Run(checkpoint, Touch(8), new StopFile(File) { Clock = clock }).History.Epochs.Should().Be(2);
        run.Invoking(r => r.Run(checkpoint, new StopFile(File))).Should().Throw<InvalidOperationException>().WithMessage($"*{File}*Delete it*");
        System.IO.File.Delete(File);
        (Sequential Model, History History) resumed = run.Run(checkpoint, new StopFile(File));
        resumed.History.ResumedFrom.Should().EndWith("checkpoint-00000008.safetensors");
        ResumeCase.Bits(resumed).Should().Equal(whole);
    }

    [Fact]
    public void Steps_look_every_half_second()
    {
        Optimizer optimizer = new Adam(0.01f);
        System.IO.File.Exists(File).Should().BeFalse();
        var appears = new Recorder(batch: (c, _) =>
        {
            if (c.Batch == 0) System.IO.File.WriteAllText(File, "");
            clock.Now += TimeSpan.FromSeconds(0.2);
        });
        (run with { Optimizer = () => optimizer }).Run(null, appears, new StopFile(File) { Clock = clock });
        optimizer.Steps.Should().Be(3);
    }

    public void Dispose() => folder.Dispose();

    private Recorder Touch(int step)
    {
        int steps = 0;
        return new Recorder(batch: (_, _) =>
        {
            clock.Now += TimeSpan.FromSeconds(1);
            if (++steps == step) System.IO.File.WriteAllText(File, "");
        });
    }
}
