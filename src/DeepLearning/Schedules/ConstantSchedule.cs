using System.Globalization;

namespace DeepLearning;

/// <summary>The same rate at every step.</summary>
internal sealed class ConstantSchedule : Schedule
{
    private readonly double rate;

    public ConstantSchedule(double learningRate) => rate = Setting.NotNegative(learningRate, nameof(learningRate));

    public override double At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return rate;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Schedule.Constant({rate})");

    protected override void DescribeSettings(Settings settings) => settings.Set("LearningRate", rate);
}
