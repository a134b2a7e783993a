using DeepLearning.Tests.Architecture;

namespace DeepLearning.Docs.Tests;

/// <summary>A row of a table that translates names: <c>| theirs | ours | what differs |</c>.</summary>
/// <param name="Section">The heading of second level above it.</param>
/// <param name="Theirs">The first cell.</param>
/// <param name="Ours">The second cell.</param>
/// <param name="Differs">The third cell.</param>
public sealed record ComparisonRow(string Section, string Theirs, string Ours, string Differs)
{
    /// <summary>Whether the row says that there is nothing of the kind here.</summary>
    public bool IsMissing => Ours is "no" or "not yet";

    /// <summary>The rows of a page, without the heads of its tables.</summary>
    public static IReadOnlyList<ComparisonRow> In(string page)
    {
        var rows = new List<ComparisonRow>();
        string section = "";
        foreach (string line in File.ReadLines(Path.Combine(SourceTree.Root, page)))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal)) section = line[3..];
            if (!line.StartsWith("| ", StringComparison.Ordinal)) continue;
            string[] cells = [.. line.Split('|')[1..^1].Select(cell => cell.Trim())];
            if (cells.Length != 3) throw new InvalidDataException($"{page}: a row of {cells.Length} cells, expected 3: {line}");
            if (cells[1] != "here") rows.Add(new ComparisonRow(section, cells[0], cells[1], cells[2]));
        }

        return rows;
    }
}
