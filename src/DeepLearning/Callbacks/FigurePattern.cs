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
            string format = place.Length == 2 ? place[1] : "";
            RequireFormat(pattern, place[0], format);
            parts.Add((pattern[at..open], place[0], format));
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

    /// <summary>A format that .NET does not know must not be found when the first epoch is over.</summary>
    private static void RequireFormat(string pattern, string name, string format)
    {
        try
        {
            _ = name == "epoch" ? 0.ToString(format, CultureInfo.InvariantCulture) : 0f.ToString(format, CultureInfo.InvariantCulture);
        }
        catch (FormatException unknown)
        {
            throw new ArgumentException($"The pattern {pattern} cannot write {name} in the format '{format}'.", nameof(pattern), unknown);
        }
    }
}
