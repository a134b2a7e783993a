namespace DeepLearning.Tests.Contracts;

/// <summary>One schedule and its formula.</summary>
/// <param name="Name">The schedule and its options.</param>
/// <param name="Make">Makes it anew.</param>
/// <param name="Rate">The rate of a step, written out by hand.</param>
/// <param name="Changed">Schedules that differ from it in one setting each.</param>
public sealed record ScheduleRow(string Name, Func<Schedule> Make, Func<long, double> Rate, IReadOnlyList<Schedule> Changed)
{
    public override string ToString() => Name;
}
