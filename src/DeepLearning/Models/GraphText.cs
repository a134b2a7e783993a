using System.Globalization;
using System.Text;

namespace DeepLearning;

/// <summary>A model as the code of a graph, with one line for each merge and for each value that is used several times or not at all.</summary>
internal static class GraphText
{
    public static string Of(Model model)
    {
        ModelGraph graph = model.Graph;
        var names = new GivenNames(graph);
        var uses = new int[graph.ValueCount];
        foreach (int output in graph.OutputValues) uses[output] += 2;
        foreach (LayerSlot slot in graph.Slots)
            foreach (int source in slot.Sources) uses[source] += slot.Sources.Length == 1 ? 1 : 2;
        var text = new StringBuilder();
        var code = new string[graph.ValueCount];
        for (int value = 0; value < graph.ValueCount; value++)
        {
            code[value] = CodeOf(graph, value, code) + names.Call(graph.NameOf(value));
            // A value with a single use is written inline, in the layer that uses it.
            if (value >= graph.Inputs.Length && uses[value] == 1) continue;
            text.AppendLine(CultureInfo.InvariantCulture, $"{graph.NameOf(value)} = {code[value]}");
            code[value] = graph.NameOf(value);
        }

        return text.Append(CultureInfo.InvariantCulture, $"Model.Of([{string.Join(", ", model.Inputs.Select(i => i.Name))}], [{string.Join(", ", model.Outputs.Select(o => o.Name))}])").ToString();
    }

    private static string CodeOf(ModelGraph graph, int value, string[] code)
    {
        if (graph.MakerOf(value) is not { } slot) return $"Model.{(graph.Inputs[value].IsInteger ? "Indices" : "Input")}({string.Join(", ", graph.Inputs[value].Shape)})";
        string[] sources = Array.ConvertAll(slot.Sources, s => code[s]);
        if (slot.Call > 0) return $"{slot.LayerName}({string.Join(", ", sources)})";
        if (sources.Length == 1) return $"{sources[0]}.{slot.Layer}";
        string taken = string.Join(", ", sources);
        return slot.Layer switch
        {
            Add => $"Node.Add({taken})",
            Concatenate { Axis: -1 } => $"Node.Concatenate({taken})",
            _ => $"Node.Merge({slot.Layer}, {taken})",
        };
    }
}
