namespace DeepLearning.Tests.Serving;

/// <summary>A clock whose one timer a test makes tick.</summary>
internal sealed class ManualTime : TimeProvider
{
    private Action? tick;

    public bool Disposed { get; private set; }

    public void Tick() => tick!();

    public override DateTimeOffset GetUtcNow() => new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        tick = () => callback(state);
        return new Timer(this);
    }

    private sealed class Timer(ManualTime time) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => time.Disposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
