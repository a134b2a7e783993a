using System.Text.RegularExpressions;
using DeepLearning.Tests.Architecture;

namespace DeepLearning.Docs.Tests;

/// <summary>Pages that translate another library's names: they have all of them, and each name of ours is one that users can write.</summary>
public sealed partial class ComparisonPageTests
{
    private const string Keras = "docs/coming-from-keras.md", PyTorch = "docs/coming-from-pytorch.md";

    [Theory]
    [InlineData(Keras)]
    [InlineData(PyTorch)]
    public void Every_name_in_the_column_of_ours_is_public(string page)
    {
        HashSet<string> known = [.. PublicNames()];
        string[] named = [.. ComparisonRow.In(page).SelectMany(row => Name().Matches(row.Ours)).Select(m => m.Value).Distinct()];

        named.Should().HaveCountGreaterThan(50);
        named.Where(name => !known.Contains(name)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(Keras, "keras.txt", 300)]
    [InlineData(PyTorch, "pytorch.txt", 300)]
    public void Every_name_of_the_other_library_is_in_its_section(string page, string names, int atLeast)
    {
        HashSet<string> listed = [.. ComparisonRow.In(page).SelectMany(row => Word().Matches(row.Theirs), (row, word) => $"{row.Section}: {word.Value}")];
        string[] expected = [.. NamesOf(names)];

        expected.Should().HaveCountGreaterThan(atLeast);
        expected.Where(name => !listed.Contains(name)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(Keras)]
    [InlineData(PyTorch)]
    public void What_is_not_planned_has_a_reason(string page)
        => ComparisonRow.In(page).Where(row => row is { Ours: "no", Differs: "" } or { Ours: "" }).Should().BeEmpty();

    [Theory]
    [InlineData(Keras)]
    [InlineData(PyTorch)]
    public void What_a_page_says_is_missing_is_not_there(string page)
    {
        HashSet<string> types = new(PublicTypes(), StringComparer.OrdinalIgnoreCase);

        ComparisonRow.In(page).Where(row => row.IsMissing).SelectMany(row => Word().Matches(row.Theirs)).Select(m => m.Value)
            .Where(types.Contains).Should().BeEmpty();
    }

    [Fact]
    public void A_name_that_is_not_there_is_found()
    {
        PublicNames().Should().Contain("EarlyStopping").And.NotContain("EarlyStoping");
        PublicTypes().Should().Contain(["EarlyStopping", "Mnist", "Hyperparameter"]).And.NotContain(["Patience", "EarlyStoping"]);
    }

    [Fact]
    public void A_missing_name_is_found()
        => ComparisonRow.In(Keras).Where(row => row.Section == "Losses").SelectMany(row => Word().Matches(row.Theirs)).Select(m => m.Value)
            .Should().Contain("CategoricalHinge").And.NotContain("Categorical").And.NotContain("EarlyStopping");

    /// <summary>The words of a file, each behind the heading above it: <c>Losses: Hinge</c>.</summary>
    private static IEnumerable<string> NamesOf(string file)
    {
        string section = "";
        foreach (string line in File.ReadLines(Path.Combine(SourceTree.Root, "tests/DeepLearning.Docs.Tests/Names", file)))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal)) section = line[3..];
            if (line.StartsWith('#')) continue;
            foreach (string name in line.Split(' ', StringSplitOptions.RemoveEmptyEntries)) yield return $"{section}: {name}";
        }
    }

    private static IEnumerable<string> PublicNames() => PublicLines().SelectMany(line => Name().Matches(line)).Select(m => m.Value);

    private static IEnumerable<string> PublicTypes() => PublicLines().Select(line => Type().Match(line)).Where(m => m.Success).Select(m => m.Groups[1].Value);

    private static IEnumerable<string> PublicLines()
        => Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src"), "PublicAPI.*.txt", SearchOption.AllDirectories).SelectMany(File.ReadLines);

    [GeneratedRegex("[A-Z][A-Za-z]+")]
    private static partial Regex Name();

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Word();

    /// <summary>A line that is only a name is a type's.</summary>
    [GeneratedRegex(@"^DeepLearning\.(?:[A-Za-z]+\.)?([A-Za-z0-9]+)(?:<\w+>)?$")]
    private static partial Regex Type();
}
