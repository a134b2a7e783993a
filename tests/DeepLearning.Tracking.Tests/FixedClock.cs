namespace DeepLearning.Tracking.Tests;

/// <summary>A clock that stands still at 2030-01-02 03:04:05.5 UTC.</summary>
internal sealed class FixedClock : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => new(2030, 1, 2, 3, 4, 5, 500, TimeSpan.Zero);
}
