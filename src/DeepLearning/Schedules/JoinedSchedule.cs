using System.Globalization;

namespace DeepLearning;

/// <summary>One schedule for a number of steps, then another, which counts its steps from 0.</summary>
internal sealed class JoinedSchedule : Schedule
{
    private readonly Schedule first, next;
    private readonly long steps;

    public JoinedSchedule(Schedule first, long steps, Schedule next)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentNullException.ThrowIfNull(next);
        (this.first, this.steps, this.next) = (first, steps, next);
    }

    public override double At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return step < steps ? first.At(step) : next.At(step - steps);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{first}.Then({steps}, {next})");

    protected override void DescribeSettings(Settings settings)
    {
        settings.Set("Steps", steps);
        first.Describe(settings, "First");
        next.Describe(settings, "Next");
    }
}
