using System.Text.RegularExpressions;

namespace DeepLearning.Docs.Tests;

/// <summary>One job of the cookbook: its heading, its program, and what the page says that it prints.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Program">The block of C#.</param>
/// <param name="Shown">The block of text below it.</param>
/// <param name="Request">What the page asks a server for with curl; null for a program that ends by itself.</param>
internal sealed partial record Recipe(string Title, CodeBlock Program, string Shown, string? Request)
{
    public bool NeedsData => Program.Code.Contains("DEEPLEARNING_DATA", StringComparison.Ordinal);

    /// <summary>Runs the program; a server is asked once, and stopped.</summary>
    /// <returns>What it prints, or what the server answers.</returns>
    public string Run()
    {
        if (Request is null) return BlockRunner.Run(Program);
        string ask = $"""
            app.Urls.Add("http://127.0.0.1:0");
            await app.StartAsync();
            using var client = new HttpClient();
            Console.WriteLine(await client.GetStringAsync(app.Urls.First() + "{Request}"));
            await app.StopAsync();
            """;
        return BlockRunner.Run(Program with { Code = Program.Code.Replace("app.Run();", ask, StringComparison.Ordinal) }, "--Logging:LogLevel:Default=None");
    }

    public static IReadOnlyList<Recipe> In(string file, string markdown)
    {
        var recipes = new List<Recipe>();
        string[] sections = markdown.ReplaceLineEndings("\n").Split("\n## ");
        int line = sections[0].Count(c => c == '\n') + 1;
        foreach (string section in sections[1..])
        {
            CodeBlock program = CodeBlock.In(file, section).Single();
            const string Open = "\n```text\n";
            int begin = section.IndexOf(Open, StringComparison.Ordinal) + Open.Length, end = section.IndexOf("```", begin, StringComparison.Ordinal);
            string title = section[..section.IndexOf('\n', StringComparison.Ordinal)];
            string? request = Curl().Match(section) is { Success: true } asked ? asked.Groups[1].Value : null;
            recipes.Add(new Recipe(title, program with { Line = program.Line + line }, section[begin..end], request));
            line += section.Count(c => c == '\n') + 1;
        }

        return recipes;
    }

    [GeneratedRegex("curl 'localhost:5000([^']*)'")]
    private static partial Regex Curl();
}
