using DeepLearning.Tests.Support;
using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Callbacks;

public sealed class TrainingPauseTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private readonly ScratchFolder folder = new();
    private readonly Dataset data = TrainingCases.Blobs(48);

    [Fact]
    public async Task A_paused_run_makes_no_step_until_it_is_resumed_and_ends_with_the_same_bits()
    {
        Sequential model = TrainingCases.Classifier(), alone = TrainingCases.Classifier();
        var pause = new TrainingPause();
        int steps = 0;
        var third = new Recorder(batch: (_, _) =>
        {
            if (++steps == 3) pause.Pause();
        });
        Task<History> run = model.FitAsync(data, new FitOptions { Epochs = 3, BatchSize = 8, Callbacks = [third, pause] });
        SpinWait.SpinUntil(() => pause.IsWaiting, Long).Should().BeTrue();
        (pause.IsPaused, steps, run.IsCompleted).Should().Be((true, 3, false));
        model.Evaluate(data).Loss.Should().BeGreaterThan(0, "others may use the model meanwhile");
        pause.Resume();
        await run.WaitAsync(Long);
        (pause.IsPaused, pause.IsWaiting, steps).Should().Be((false, false, 18));
        alone.Fit(data, new FitOptions { Epochs = 3, BatchSize = 8 });
        model.Bits().Should().Equal(alone.Bits());
    }

    [Fact]
    public async Task A_run_that_is_paused_before_it_begins_waits_before_its_first_step()
    {
        Sequential model = TrainingCases.Classifier();
        int[] before = model.Bits();
        var pause = new TrainingPause();
        pause.Pause();
        Task<History> run = model.FitAsync(data, new FitOptions { Callbacks = [pause] });
        SpinWait.SpinUntil(() => pause.IsWaiting, Long).Should().BeTrue();
        model.Bits().Should().Equal(before);
        pause.Resume();
        (await run.WaitAsync(Long)).Epochs.Should().Be(1);
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_and_saves_the_state()
    {
        using var source = new CancellationTokenSource();
        var pause = new TrainingPause();
        var second = new Recorder(batch: (c, _) =>
        {
            if (c.Batch == 1) pause.Pause();
        });
        var options = new FitOptions { BatchSize = 8, Callbacks = [second, pause], Checkpoint = new CheckpointOptions(folder.Path) };
        Task<History> run = TrainingCases.Classifier().FitAsync(data, options, cancellationToken: source.Token);
        SpinWait.SpinUntil(() => pause.IsWaiting, Long).Should().BeTrue();
        await source.CancelAsync();
        await FluentActions.Awaiting(() => run.WaitAsync(Long)).Should().ThrowAsync<TrainingCanceledException>();
        folder.Files.Should().Contain("checkpoint-00000002.safetensors");
    }

    [Fact]
    public void Pausing_twice_and_resuming_without_a_pause_change_nothing()
    {
        var pause = new TrainingPause();
        pause.Resume();
        pause.Pause();
        pause.Pause();
        pause.Resume();
        TrainingCases.Classifier().Fit(data, new FitOptions { Callbacks = [pause] }).Epochs.Should().Be(1);
    }

    public void Dispose() => folder.Dispose();
}
