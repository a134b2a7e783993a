using System.Globalization;
using System.Text;

namespace DeepLearning;

/// <summary>A text with placeholders for the epoch, from 1, and for figures: <c>digits-{epoch:000}-{val_loss:F3}.safetensors</c>.</summary>
internal sealed class FigurePattern
{
    private const string Epoch = "epoch";

    private readonly List<(string Text, string? Name, string Format)> parts = [];
    private readonly string pattern;

    public FigurePattern(string pattern)
    {
        this.pattern = pattern;
        int at = 0;
        while (pattern.IndexOf('{', at) is >= 0 and var open)
        {
            int close = pattern.IndexOf('}', open);
            if (close < 0) throw Wrong("opens a brace without closing it");
            string[] place = pattern[(open + 1)..close].Split(':', 2);
            if (place[0].Contains('{')) throw Wrong("opens a brace within braces: a placeholder is written {epoch} or {val_loss:F3}");
            (string name, string format) = (place[0], place.Length == 2 ? place[1] : "");
            RequireName(name, format);
            RequireFormat(name, format);
            string before = Plain(pattern[at..open]);
            if (parts.Count > 0) RequireApart(parts[^1].Name!, parts[^1].Format, before, name, format);
            parts.Add((before, name, format));
            at = close + 1;
        }

        parts.Add((Plain(pattern[at..]), null, ""));
    }

    /// <summary>Finds placeholders that name no figure of the run.</summary>
    /// <exception cref="ArgumentException">There is one.</exception>
    public void RequireNames(IReadOnlyList<string> figures)
    {
        string known = string.Join(", ", figures);
        foreach ((_, string? name, _) in parts)
        {
            if (name is not null and not Epoch && !figures.Contains(name))
            {
                throw Wrong(
                    $"names '{name}', but there are only epoch and this run's figures {known}; "
                    + "those of validation need FitOptions.Validation or ValidationSplit");
            }
        }
    }

    /// <summary>The text after an epoch, which is counted from 0.</summary>
    public string Fill(int epoch, Logs logs)
    {
        var text = new StringBuilder();
        foreach ((string before, string? name, string format) in parts)
        {
            text.Append(before);
            if (name == Epoch) text.Append((epoch + 1L).ToString(format, CultureInfo.InvariantCulture));
            else if (name is not null) text.Append(logs[name].ToString(format, CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    /// <summary>Text between placeholders. A brace or a printf placeholder would appear in the name of every file, and each save would replace the
    /// last.</summary>
    private string Plain(string text)
    {
        if (text.Contains('}')) throw Wrong("closes a brace without opening it");
        if (FigureFormat.FindPrintf(text) is { } place)
            throw Wrong($"has a placeholder '{place}' of another language: the epoch is written {{epoch:000}}, a figure {{val_loss:F3}}");
        return text;
    }

    /// <summary>Ways of writing the epoch elsewhere: a placeholder by number, with a width, with a conversion. None of them names a figure of any
    /// run.</summary>
    private void RequireName(string name, string format)
    {
        string figure = name.Split(',', '!')[0].Trim(), first = figure.Split('[', '.', ' ', '+', '-', '(')[0];
        bool isEpoch = figure.All(char.IsAsciiDigit) || first.Equals(Epoch, StringComparison.OrdinalIgnoreCase);
        if (name == Epoch || (!isEpoch && name == figure)) return;
        throw Wrong($"has the placeholder {{{name}}}, which names no figure: write {{{(isEpoch ? Epoch : figure)}:{FigureFormat.Instead(format, isEpoch)}}}");
    }

    /// <summary>Epoch 1 and a loss of 11 must not be written as epoch 11 and a loss of 1.</summary>
    private void RequireApart(string left, string leftFormat, string between, string right, string rightFormat)
    {
        string[] epochs = [.. new[] { (left, leftFormat), (right, rightFormat) }.Where(p => p.Item1 == Epoch).Select(p => p.Item2)];
        string digits = epochs.Length == 0 ? "0123456789" : string.Concat(epochs.Select(FigureFormat.EpochCharacters));
        if (between.Any(c => !digits.Contains(c, StringComparison.OrdinalIgnoreCase))) return;
        throw Wrong(
            $"lets {{{left}}} and {{{right}}} touch, so that different numbers are written alike: put text between them, as in {{epoch:000}}-{{loss:F3}}");
    }

    private void RequireFormat(string name, string format)
    {
        if (FigureFormat.Fault(format, isEpoch: name == Epoch) is not { } fault) return;
        string instead = FigureFormat.Instead(format, isEpoch: name == Epoch);
        throw Wrong($"cannot write {name} in the format '{format}', {fault}: write {{{name}{(instead.Length == 0 ? "" : ":")}{instead}}}");
    }

    private ArgumentException Wrong(string what) => new($"The pattern {pattern} {what}.");
}
