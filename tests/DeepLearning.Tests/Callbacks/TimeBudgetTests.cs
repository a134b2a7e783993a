using DeepLearning.Tests.Support;
using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Callbacks;

public sealed class TimeBudgetTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    /// <summary>Four batches of 8 and one of 6 in each of four epochs; each step takes a minute.</summary>
    private readonly ResumeCase run = new();

    [Theory]
    [InlineData(6.5, false, 2, 7)]
    [InlineData(6.5, true, 2, 10)]
    [InlineData(5.0, false, 1, 5)]
    [InlineData(0.5, true, 1, 5)]
    [InlineData(20.5, false, 4, 20)]
    public void It_stops_after_the_step_that_passes_the_limit_or_after_its_epoch(double minutes, bool wholeEpochs, int epochs, long steps)
    {
        Optimizer optimizer = new Adam(0.01f);
        TimeBudget budget = Budget(minutes, wholeEpochs, out Callback minute);
        (_, History history) = (run with { Optimizer = () => optimizer }).Run(null, minute, budget);
        (history.Epochs, optimizer.Steps).Should().Be((epochs, steps));
        budget.Elapsed.Should().Be(TimeSpan.FromMinutes(steps));
        budget.StoppedEpoch.Should().Be(steps == 20 ? null : epochs - 1);
    }

    [Fact]
    public void The_time_is_that_of_all_processes_and_a_longer_one_goes_on_with_the_same_bits()
    {
        IReadOnlyList<int> whole = ResumeCase.Bits(run.Run(null));
        var checkpoint = new CheckpointOptions(folder.Path);
        Run(7.5).Epochs.Should().Be(2, "the second was cut short");
        folder.Files.Should().Contain("checkpoint-00000008.safetensors").And.NotContain("checkpoint-00000010.safetensors");
        Run(7.5).Epochs.Should().Be(2, "the time is used up, and no step is made");
        folder.Files.Should().Contain("checkpoint-00000008.safetensors").And.NotContain("checkpoint-00000009.safetensors");
        Run(12.5).Epochs.Should().Be(3);
        TimeBudget budget = Budget(100, false, out Callback minute);
        ResumeCase.Bits(run.Run(checkpoint, minute, budget)).Should().Equal(whole);
        budget.Elapsed.Should().Be(TimeSpan.FromMinutes(20));

        History Run(double minutes)
        {
            TimeBudget budget = Budget(minutes, false, out Callback minute);
            return run.Run(checkpoint, minute, budget).History;
        }
    }

    [Fact]
    public void After_whole_epochs_a_used_up_time_adds_no_epoch()
    {
        var checkpoint = new CheckpointOptions(folder.Path);
        for (int i = 0; i < 3; i++)
        {
            TimeBudget budget = Budget(6.5, true, out Callback minute);
            run.Run(checkpoint, minute, budget).History.Epochs.Should().Be(2);
        }
    }

    [Fact]
    public void A_limit_that_is_not_above_zero_is_refused()
        => FluentActions.Invoking(() => new TimeBudget(TimeSpan.Zero)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*above 0*");

    public void Dispose() => folder.Dispose();

    private static TimeBudget Budget(double minutes, bool wholeEpochs, out Callback minute)
    {
        var clock = new SetClock();
        minute = new Recorder(batch: (_, _) => clock.Now += TimeSpan.FromMinutes(1));
        return new TimeBudget(TimeSpan.FromMinutes(minutes), wholeEpochs) { Clock = clock };
    }
}
