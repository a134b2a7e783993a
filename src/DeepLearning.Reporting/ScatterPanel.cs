using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DeepLearning.Reporting;

/// <summary>The trials of a search over the values of one hyperparameter: ○ a trial, ● the best one, × at the worse edge one that failed.</summary>
internal sealed class ScatterPanel(HyperparameterEffect effect, SearchResult result, int columns, int rows)
{
    private const int LabelWidth = 8;
    private static readonly Style TrialStyle = new(Color.Aqua), BestStyle = new(Color.Orange1), FailedStyle = new(Color.Grey);

    public IEnumerable<Segment> Render()
    {
        TrialResult[] succeeded = [.. result.Ranked.Where(t => !t.Failed)];
        double low = succeeded.Length == 0 ? 0 : succeeded.Min(t => t.Objective), high = succeeded.Length == 0 ? 1 : succeeded.Max(t => t.Objective);
        if (low == high) (low, high) = (low - 0.5, high + 0.5);
        Segment?[,] cells = Cells(low, high);

        yield return new Segment(string.Create(CultureInfo.InvariantCulture, $"{effect.Hyperparameter.Name}  explains {effect.Share * 100:0} %"));
        yield return Segment.LineBreak;
        for (int row = 0; row < rows; row++)
        {
            string label = row == 0 ? Number(high) : row == rows - 1 ? Number(low) : "";
            yield return new Segment(label.PadLeft(LabelWidth) + (label.Length > 0 ? " ┤" : " │"));
            for (int column = 0; column < columns; column++) yield return cells[row, column] ?? new Segment(" ");
            yield return Segment.LineBreak;
        }

        yield return new Segment(new string(' ', LabelWidth + 1) + "└" + new string('─', columns));
        yield return Segment.LineBreak;
        (string first, string last) = (effect.Hyperparameter.TextAt(0), effect.Hyperparameter.TextAt(1));
        yield return new Segment(new string(' ', LabelWidth + 2) + first + last.PadLeft(Math.Max(columns - first.Length, last.Length + 1)));
        yield return Segment.LineBreak;
    }

    private Segment?[,] Cells(double low, double high)
    {
        var cells = new Segment?[rows, columns];
        // The best is drawn last, over any other at the same place.
        foreach (TrialResult trial in result.Ranked.Reverse())
        {
            int column = (int)Math.Round(trial.PositionOf(effect.Hyperparameter) * (columns - 1));
            if (trial.Failed) cells[result.Maximizes ? rows - 1 : 0, column] ??= new Segment("×", FailedStyle);
            else cells[(int)Math.Round((high - trial.Objective) / (high - low) * (rows - 1)), column] = Mark(trial);
        }

        return cells;
    }

    private Segment Mark(TrialResult trial) => ReferenceEquals(trial, result.Ranked[0]) ? new Segment("●", BestStyle) : new Segment("○", TrialStyle);

    private static string Number(double value)
        => value.ToString(Math.Abs(value) is > 0 and < 0.001 or >= 1e7 ? "0.##E0" : "0.####", CultureInfo.InvariantCulture);
}
