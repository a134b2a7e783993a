using System.Text.RegularExpressions;
using DeepLearning.Tests.Architecture;

namespace DeepLearning.Docs.Tests;

/// <summary>Pages that translate another library's names: each name of ours in their tables is one that users can write.</summary>
public sealed partial class ComparisonPageTests
{
    [Theory]
    [InlineData("docs/coming-from-keras.md")]
    public void Every_name_in_the_column_of_ours_is_public(string page)
    {
        HashSet<string> known = [.. PublicNames()];
        string[] named = [.. File.ReadLines(Path.Combine(SourceTree.Root, page)).Where(l => l.StartsWith("| ", StringComparison.Ordinal))
            .Select(l => l.Split('|')[2]).Where(cell => cell.Trim() != "here").SelectMany(cell => Name().Matches(cell)).Select(m => m.Value)];

        named.Should().HaveCountGreaterThan(50);
        named.Where(name => !known.Contains(name)).Should().BeEmpty();
    }

    [Fact]
    public void A_name_that_is_not_there_is_found() => PublicNames().Should().Contain("EarlyStopping").And.NotContain("EarlyStoping");

    private static IEnumerable<string> PublicNames()
        => Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src"), "PublicAPI.*.txt", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines).SelectMany(line => Name().Matches(line)).Select(m => m.Value);

    [GeneratedRegex("[A-Z][A-Za-z]+")]
    private static partial Regex Name();
}
