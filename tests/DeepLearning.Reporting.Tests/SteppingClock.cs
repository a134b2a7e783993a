namespace DeepLearning.Reporting.Tests;

/// <summary>A clock that goes on by the same time whenever it is read.</summary>
internal sealed class SteppingClock(TimeSpan step) : TimeProvider
{
    private long ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => ticks += step.Ticks;
}
