using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DeepLearning.Reporting;

/// <summary>One figure by epoch, or a schedule by step, with its axes: training as a line, validation as circles.</summary>
internal sealed class CurvePanel(string name, IReadOnlyList<float> training, IReadOnlyList<float>? validation, int columns, int rows)
{
    private const char Circle = '○';
    private const int LabelWidth = 8;

    // Circles closer than this would hide the line.
    private const int CircleDistance = 3;
    private static readonly Style TrainingStyle = new(Color.Aqua);
    private static readonly Style ValidationStyle = new(Color.Orange1);

    /// <summary>What the line is.</summary>
    public string LineName { get; init; } = "training";

    /// <summary>Below the left end of the axis.</summary>
    public string First { get; init; } = "epoch 1";

    /// <summary>Below its right end.</summary>
    public string Last { get; init; } = training.Count > 1 ? training.Count.ToString(CultureInfo.InvariantCulture) : "";

    public IEnumerable<Segment> Render()
    {
        (double low, double high) = Range();
        var canvas = new BrailleCanvas(columns, rows);
        DrawTraining(canvas, low, high);
        HashSet<(int, int)> circles = Circles(canvas, low, high);

        yield return new Segment($"{name}  ");
        yield return new Segment($"─ {LineName}", TrainingStyle);
        if (validation is not null) yield return new Segment($"  {Circle} validation", ValidationStyle);
        yield return Segment.LineBreak;
        for (int row = 0; row < rows; row++)
        {
            yield return new Segment(Label(row, low, high) + (row == 0 || row == rows - 1 || row == rows / 2 ? " ┤" : " │"));
            for (int column = 0; column < columns; column++)
                yield return circles.Contains((column, row)) ? new Segment(Circle.ToString(), ValidationStyle) : new Segment(canvas[column, row].ToString(), TrainingStyle);
            yield return Segment.LineBreak;
        }

        yield return new Segment(new string(' ', LabelWidth + 1) + "└" + new string('─', columns));
        yield return Segment.LineBreak;
        yield return new Segment(new string(' ', LabelWidth + 2) + First + Last.PadLeft(columns - First.Length));
        yield return Segment.LineBreak;
    }

    private (double Low, double High) Range()
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (float value in training.Concat(validation ?? []).Where(float.IsFinite)) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > high) return (0, 1);
        return low == high ? (low - 0.5, high + 0.5) : (low, high);
    }

    private void DrawTraining(BrailleCanvas canvas, double low, double high)
    {
        (int X, int Y)? before = null;
        for (int epoch = 0; epoch < training.Count; epoch++)
        {
            if (!float.IsFinite(training[epoch]))
            {
                before = null;
                continue;
            }

            (int X, int Y) point = (X(epoch, canvas.DotColumns), Y(training[epoch], low, high, canvas.DotRows));
            (int X, int Y) from = before ?? point;
            canvas.Line(from.X, from.Y, point.X, point.Y);
            before = point;
        }
    }

    private HashSet<(int Column, int Row)> Circles(BrailleCanvas canvas, double low, double high)
    {
        var circles = new HashSet<(int, int)>();
        int next = 0;
        for (int epoch = 0; epoch < (validation?.Count ?? 0); epoch++)
        {
            int column = X(epoch, canvas.DotColumns) / 2;
            if (column < next || !float.IsFinite(validation![epoch])) continue;
            circles.Add((column, Y(validation[epoch], low, high, canvas.DotRows) / 4));
            next = column + CircleDistance;
        }

        return circles;
    }

    private int X(int epoch, int dots) => training.Count < 2 ? 0 : (int)Math.Round((double)epoch / (training.Count - 1) * (dots - 1));

    private static int Y(double value, double low, double high, int dots) => (int)Math.Round((high - value) / (high - low) * (dots - 1));

    private string Label(int row, double low, double high)
    {
        double? value = row == 0 ? high : row == rows - 1 ? low : row == rows / 2 ? high - (high - low) * row / (rows - 1) : null;
        // Four decimals would write a small learning rate as 0.
        string format = value is > 0 and < 0.001 ? "0.##E0" : "0.####";
        return (value?.ToString(format, CultureInfo.InvariantCulture) ?? "").PadLeft(LabelWidth);
    }
}
