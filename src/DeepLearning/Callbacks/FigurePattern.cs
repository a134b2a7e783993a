using System.Globalization;
using System.Text;

namespace DeepLearning;

/// <summary>A text with places for the epoch, from 1, and for figures: <c>digits-{epoch:000}-{val_loss:0.000}.safetensors</c>.</summary>
internal sealed class FigurePattern
{
    private readonly List<(string Text, string? Name, string Format)> parts = [];

    public FigurePattern(string pattern)
    {
        int at = 0;
        while (pattern.IndexOf('{', at) is >= 0 and var open)
        {
            int close = pattern.IndexOf('}', open);
            if (close < 0) throw new ArgumentException($"The pattern {pattern} opens a brace and does not close it.", nameof(pattern));
            string[] place = pattern[(open + 1)..close].Split(':', 2);
            parts.Add((pattern[at..open], place[0], place.Length == 2 ? place[1] : ""));
            at = close + 1;
        }

        parts.Add((pattern[at..], null, ""));
    }

    /// <summary>The names between braces.</summary>
    public IEnumerable<string> Names => parts.Select(p => p.Name).OfType<string>();

    /// <summary>The text after an epoch, which is counted from 0.</summary>
    public string Fill(int epoch, Logs logs)
    {
        var text = new StringBuilder();
        foreach ((string before, string? name, string format) in parts)
        {
            text.Append(before);
            if (name == "epoch") text.Append((epoch + 1).ToString(format, CultureInfo.InvariantCulture));
            else if (name is not null) text.Append(logs[name].ToString(format, CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
