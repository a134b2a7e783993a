using System.Globalization;
using Spectre.Console.Rendering;

namespace DeepLearning.Reporting;

/// <summary>
/// The learning rate of a schedule by step, drawn with characters, before any training: <c>Console.WriteLine(schedule.Curve(10_000))</c>, or
/// <c>AnsiConsole.Write(schedule.Curve(10_000))</c> in colour.
/// </summary>
public sealed class ScheduleCurve : Renderable
{
    /// <summary>The curve of a schedule from step 0.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="steps">Steps to draw, ≥ 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2 steps.</exception>
    public ScheduleCurve(Schedule schedule, long steps)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        (Schedule, Steps) = (schedule, steps);
    }

    /// <summary>The schedule.</summary>
    public Schedule Schedule { get; }

    /// <summary>Steps that are drawn.</summary>
    public long Steps { get; }

    /// <summary>Width of the drawing in characters, without its axis; 60 by default.</summary>
    public int Columns { get; init => field = DrawingSize.Require(value, nameof(Columns)); } = 60;

    /// <summary>Height of the drawing in lines; 8 by default.</summary>
    public int Rows { get; init => field = DrawingSize.Require(value, nameof(Rows)); } = 8;

    /// <summary>The curve as plain text.</summary>
    public override string ToString() => PlainText.Of(this);

    /// <inheritdoc/>
    protected override Measurement Measure(RenderOptions options, int maxWidth) => DrawingSize.Measure(Columns, maxWidth);

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        int columns = DrawingSize.Columns(Columns, maxWidth);
        // A character is two dots wide: more points would be drawn on top of each other.
        int points = (int)Math.Min(Steps, 2 * columns);
        float[] rates = [.. Enumerable.Range(0, points).Select(i => (float)Schedule.At((long)Math.Round((double)i / (points - 1) * (Steps - 1))))];
        string last = (Steps - 1).ToString(CultureInfo.InvariantCulture);
        return new CurvePanel(Schedule.ToString(), rates, null, columns, Rows) { LineName = "learning rate", First = "step 0", Last = last }.Render();
    }
}
