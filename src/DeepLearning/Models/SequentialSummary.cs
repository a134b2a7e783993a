using System.Globalization;
using System.Text;

namespace DeepLearning;

/// <summary>Prints a model for people.</summary>
internal static class SequentialSummary
{
    public static string Table(Sequential model)
    {
        List<(string, string, string)> rows = [("Layer", "Output", "Parameters"), ("Input", model.InputShape.WithBatch(), "0")];
        foreach (LayerSlot slot in model.Slots)
            rows.Add((slot.Layer.ToString(), slot.Output.WithBatch(), Number(slot.Parameters.Sum(p => (long)p.Parameter.Value.Count))));
        int first = rows.Max(r => r.Item1.Length), second = rows.Max(r => r.Item2.Length), third = rows.Max(r => r.Item3.Length);
        string rule = new('─', first + second + third + 4);
        var text = new StringBuilder();
        for (int i = 0; i < rows.Count; i++)
        {
            (string layer, string output, string count) = rows[i];
            text.Append(layer.PadRight(first)).Append("  ").Append(output.PadRight(second)).Append("  ").AppendLine(count.PadLeft(third));
            if (i == 0) text.AppendLine(rule);
        }

        long total = model.Parameters.ElementCount;
        return text.AppendLine(rule).Append(CultureInfo.InvariantCulture, $"{Number(total)} parameters, {Size(total * sizeof(float))}").ToString();
    }

    public static string Line(Sequential model)
        => $"Sequential.Input({string.Join(", ", model.InputShape)}).{string.Join('.', model.Layers)}: {Number(model.Parameters.ElementCount)} parameters";

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Size(long bytes) => bytes switch
    {
        < 1 << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB"),
    };
}
