using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepLearning.Tests.Architecture;

/// <summary>The repository's source text, parsed once.</summary>
internal static class SourceTree
{
    private static readonly CSharpParseOptions Options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
    private static readonly Lazy<IReadOnlyList<SyntaxTree>> Trees = new(() => [.. new[] { "src", "tests", "samples", "benchmarks" }.SelectMany(Parse)]);

    /// <summary>The folder that holds DeepLearning.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every C# file of a part of the repository, by its path from the root: <c>src/DeepLearning</c>.</summary>
    public static IEnumerable<SyntaxTree> Under(string folder) => Trees.Value.Where(t => t.FilePath.StartsWith(folder + "/", StringComparison.Ordinal));

    /// <summary>A piece of code as if it stood in the repository.</summary>
    public static SyntaxTree Parse(string code, string path) => CSharpSyntaxTree.ParseText(code, Options, path);

    private static IEnumerable<SyntaxTree> Parse(string folder)
    {
        string path = Path.Combine(Root, folder);
        if (!Directory.Exists(path)) return [];
        return Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories)
            .Select(file => (File: file, Relative: Path.GetRelativePath(Root, file).Replace('\\', '/')))
            .Where(f => !f.Relative.Split('/').Any(part => part is "obj" or "bin"))
            .Select(f => Parse(File.ReadAllText(f.File), f.Relative));
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DeepLearning.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds DeepLearning.sln.");
    }
}
