using System.Globalization;
using System.Text;

namespace DeepLearning;

/// <summary>A model as a table, and as a summary of one or a few lines.</summary>
internal static class ModelSummary
{
    public static string Table(Model model)
    {
        bool isChain = model.Graph.IsChain;
        List<string[]> rows = [isChain ? ["Layer", "Output", "Parameters"] : ["Name", "Layer", "Output", "Parameters", "Takes"]];
        foreach (ModelInput input in model.Inputs)
            rows.Add(isChain ? ["Input", input.Shape.WithBatch(), "0"] : [input.Name, "Input", input.Shape.WithBatch(), "0", ""]);
        foreach (LayerSlot slot in model.Slots)
        {
            string count = slot.Call > 0 ? "shared" : Number(slot.Parameters.Concat(slot.State).Sum(p => (long)p.Parameter.Value.Count));
            rows.Add(isChain
                ? [slot.Layer.ToString(), slot.Output.WithBatch(), count]
                : [slot.Name, slot.Layer.ToString(), slot.Output.WithBatch(), count, string.Join(", ", slot.Sources.Select(model.Graph.NameOf))]);
        }

        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(c => rows.Max(r => r[c].Length))];
        int numbers = Array.IndexOf(rows[0], "Parameters");
        string rule = new('─', widths.Sum() + 2 * (widths.Length - 1));
        var text = new StringBuilder();
        foreach (string[] row in rows)
        {
            text.AppendLine(string.Join("  ", row.Select((cell, c) => c == numbers ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c]))).TrimEnd());
            if (row == rows[0]) text.AppendLine(rule);
        }

        return text.AppendLine(rule).Append(Total(model)).ToString();
    }

    /// <summary>The code that builds the model, with the number of parameters.</summary>
    public static string Line(Model model) => $"{ChainText.Of(model) ?? GraphText.Of(model)}: {Number(model.Parameters.ElementCount)} parameters";

    private static string Total(Model model)
    {
        long trained = model.Parameters.ElementCount, state = model.Values.State.ElementCount;
        string text = $"{Number(trained)} parameters";
        if (state > 0) text += $" and {Number(state)} values of state";
        return $"{text}, {Size((trained + state) * sizeof(float))}";
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Size(long bytes) => bytes switch
    {
        < 1 << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB"),
    };
}
