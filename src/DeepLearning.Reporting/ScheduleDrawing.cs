namespace DeepLearning.Reporting;

/// <summary>Draws schedules.</summary>
public static class ScheduleDrawing
{
    /// <summary>The learning rate of a schedule as a curve: <c>Console.WriteLine(schedule.Curve(10_000))</c>.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="steps">Steps to draw, ≥ 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2 steps.</exception>
    public static ScheduleCurve Curve(this Schedule schedule, long steps) => new(schedule, steps);
}
