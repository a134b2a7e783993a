using System.Globalization;
using System.Text;

namespace DeepLearning;

/// <summary>A model as a Mermaid flowchart, which GitHub, GitLab and many editors draw.</summary>
internal static class ModelDiagram
{
    public static string Of(Model model)
    {
        ModelGraph graph = model.Graph;
        var text = new StringBuilder("flowchart TD");
        for (int i = 0; i < graph.Inputs.Length; i++)
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"    v{i}([\"{graph.Inputs[i].Name} {Escaped(graph.Inputs[i].Shape.WithBatch())}\"])");
        for (int s = 0; s < graph.Slots.Length; s++)
        {
            LayerSlot slot = graph.Slots[s];
            int value = graph.ValueOf(s);
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"    v{value}[\"{Escaped(slot.Name)}: {Escaped(slot.Layer.ToString())}<br/>{Escaped(slot.Output.WithBatch())}\"]");
            foreach (int source in slot.Sources) text.AppendLine().Append(CultureInfo.InvariantCulture, $"    v{source} --> v{value}");
        }

        text.AppendLine().Append("    classDef output stroke-width:3px");
        foreach (int value in graph.OutputValues) text.AppendLine().Append(CultureInfo.InvariantCulture, $"    class v{value} output");
        return text.ToString();
    }

    /// <summary>Mermaid's special characters as entities.</summary>
    private static string Escaped(string text)
        => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("#", "&#35;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
