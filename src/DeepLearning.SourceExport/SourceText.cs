namespace DeepLearning.SourceExport;

/// <summary>
/// The lines of a file, indented by the current depth. Line ends are Unix's, so that the same model gives the same bytes everywhere.
/// </summary>
internal sealed class SourceText
{
    private readonly List<string> lines = [];
    private int depth;

    public IReadOnlyList<string> Lines => lines;

    public SourceText Line(string text = "")
    {
        lines.Add(text.Length == 0 ? text : new string(' ', 4 * depth) + text);
        return this;
    }

    /// <summary>Several lines of code.</summary>
    public SourceText Block(string text)
    {
        foreach (string line in text.Split('\n')) Line(line.TrimEnd('\r'));
        return this;
    }

    public SourceText Indent()
    {
        depth++;
        return this;
    }

    public SourceText Open() => Line("{").Indent();

    public SourceText Close()
    {
        depth--;
        return Line("}");
    }

    public void WriteTo(TextWriter writer)
    {
        foreach (string line in lines)
        {
            writer.Write(line);
            writer.Write('\n');
        }
    }
}
