namespace DeepLearning;

/// <summary>A schedule given by a function.</summary>
internal sealed class FunctionSchedule(string name, Func<long, double> rate) : Schedule
{
    public override double At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return rate(step);
    }

    public override string ToString() => name;

    protected override void DescribeSettings(Settings settings) => settings.Set("Name", name);
}
