using Microsoft.Extensions.Logging;

namespace DeepLearning.Extensions.Tests;

public sealed class TrainingLoggerTests : IDisposable
{
    private static readonly Dataset Data = new(Tensor.RandomNormal([20, 2], seed: 1), Tensor.RandomNormal([20, 1], seed: 2));

    private readonly LogList log = new();

    [Fact]
    public void Begin_each_epoch_and_end_are_written_with_their_figures()
    {
        History history = Fit(new TrainingLogger(log) { Clock = new MinuteClock() }, epochs: 2);
        log.Entries.Should().OnlyContain(e => e.Level == LogLevel.Information && e.Exception == null);
        log.Entries.Select(e => e.Message).Should().Equal(
            "Training begins: 2 epochs, 3 parameters, Sgd",
            FormattableString.Invariant($"Epoch 1/2: loss {history["loss"][0]:0.0000}, val_loss {history["val_loss"][0]:0.0000}; 60.0 s, learning rate 0.01"),
            FormattableString.Invariant($"Epoch 2/2: loss {history["loss"][1]:0.0000}, val_loss {history["val_loss"][1]:0.0000}; 60.0 s, learning rate 0.01"),
            "Training ends after 300.0 s, in epoch 2/2");
    }

    [Fact]
    public void Steps_are_written_at_the_level_Debug_without_the_validation_of_the_last_epoch()
    {
        Fit(new TrainingLogger(log) { EverySteps = 2 }, epochs: 1);
        (LogLevel level, string message, _) = log.Entries.Single(e => e.Message.Contains("step", StringComparison.Ordinal));
        level.Should().Be(LogLevel.Debug);
        message.Should().MatchRegex(@"^Epoch 1/1, step 2: loss \d+\.\d{4}$");
        FluentActions.Invoking(() => new TrainingLogger(log) { EverySteps = 0 }).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_run_that_fails_or_is_cancelled_says_so()
    {
        using var source = new CancellationTokenSource();
        var failure = new TimeoutException();
        Fails<TimeoutException>(new LambdaCallback((_, _) => throw failure), default);
        log.Entries[^1].Should().Be((LogLevel.Error, "Training failed in epoch 1/3", failure));
        Fails<TrainingCanceledException>(new LambdaCallback((_, _) => source.Cancel()), source.Token);
        log.Entries[^1].Should().Be((LogLevel.Warning, "Training was cancelled in epoch 2/3", (Exception?)null));

        void Fails<TException>(Callback callback, CancellationToken token) where TException : Exception
            => Sequential.Input(2).Dense(1).Build(seed: 1).Compile(new Sgd(), new MeanSquaredError())
                .Invoking(m => m.Fit(Data, new FitOptions { Epochs = 3, Callbacks = [new TrainingLogger(log), callback] }, token)).Should().Throw<TException>();
    }

    public void Dispose() => log.Dispose();

    private static History Fit(TrainingLogger logger, int epochs) => Sequential.Input(2).Dense(1).Build(seed: 1).Compile(new Sgd(), new MeanSquaredError())
        .Fit(Data, new FitOptions { Epochs = epochs, BatchSize = 6, ValidationSplit = 0.1, Callbacks = [logger] });

    /// <summary>A clock that goes on by a minute whenever it is read.</summary>
    private sealed class MinuteClock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks += TimeSpan.FromMinutes(1).Ticks;
    }
}
