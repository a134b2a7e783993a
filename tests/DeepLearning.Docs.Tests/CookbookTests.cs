using DeepLearning.Tests.Architecture;

namespace DeepLearning.Docs.Tests;

/// <summary>Every program of the cookbook is run, and prints what the page shows.</summary>
[Collection(BlockRunner.OneAtATime)]
public sealed class CookbookTests
{
    private const string Page = "docs/cookbook.md";

    [Fact]
    public void Line24_every_heading_has_a_program_and_what_it_prints()
    {
        string[] headings = [.. File.ReadLines(PagePath).Where(l => l.StartsWith("## ", StringComparison.Ordinal)).Select(l => l[3..])];

        headings.Should().HaveCount(15);
        Recipe.In(Page, File.ReadAllText(PagePath)).Select(r => r.Title).Should().Equal(headings);
    }

    [SkippableTheory]
    [MemberData(nameof(Titles))]
    public void Line24_a_program_prints_what_the_page_shows(string title)
    {
        Recipe recipe = Recipe.In(Page, File.ReadAllText(PagePath)).Single(r => r.Title == title);
        Skip.If(recipe.NeedsData && Environment.GetEnvironmentVariable("DEEPLEARNING_DATA") is null, "DEEPLEARNING_DATA names no folder.");

        recipe.Run().Should().Be(recipe.Shown);
    }

    public static TheoryData<string> Titles() => [.. Recipe.In(Page, File.ReadAllText(PagePath)).Select(r => r.Title)];

    private static string PagePath => Path.Combine(SourceTree.Root, Page);
}
