namespace DeepLearning.Docs.Tests;

/// <summary>A block of C# in a Markdown file.</summary>
/// <param name="File">The file, from the repository's root.</param>
/// <param name="Line">The line of its first line of code, from 1.</param>
/// <param name="Code">The code.</param>
public sealed record CodeBlock(string File, int Line, string Code)
{
    /// <summary>What the page says that it prints: the block of text or of a diagram that follows without a word between; null if there is none.</summary>
    public string? Shown { get; init; }

    /// <summary>All blocks that are fenced as <c>csharp</c>; a fence may be indented, as in a list.</summary>
    public static IReadOnlyList<CodeBlock> In(string file, string markdown)
    {
        var blocks = new List<CodeBlock>();
        List<string>? open = null;
        string[] lines = markdown.ReplaceLineEndings("\n").Split('\n');
        int start = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (open is null && line.StartsWith("```csharp", StringComparison.Ordinal)) (open, start) = ([], i + 2);
            else if (open is not null && line.StartsWith("```", StringComparison.Ordinal))
            {
                blocks.Add(new CodeBlock(file, start, string.Join('\n', open)) { Shown = ShownBehind(lines.AsSpan(i + 1)) });
                open = null;
            }
            else open?.Add(lines[i]);
        }

        return open is null ? blocks : throw new InvalidDataException($"{file}({start}): the block is not closed.");
    }

    public override string ToString() => $"{File}({Line})";

    private static string? ShownBehind(ReadOnlySpan<string> lines)
    {
        int fence = lines.IndexOfAnyExcept("");
        if (fence < 0 || lines[fence] is not ("```text" or "```mermaid")) return null;
        ReadOnlySpan<string> shown = lines[(fence + 1)..];
        return string.Join('\n', shown[..shown.IndexOf("```")].ToArray());
    }
}
