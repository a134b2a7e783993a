using System.Globalization;
using DeepLearning.Tests.Architecture;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepLearning.Docs.Tests;

/// <summary>Compiles a block as a reader would who pastes it into Program.cs, or into a file of its own if it only declares types.</summary>
internal static class BlockCompiler
{
    /// <summary>The compiler's errors, with the place in the Markdown file.</summary>
    public static IReadOnlyList<string> Errors(CodeBlock block)
        => [.. Compile(block).GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)
            .Select(d => $"{block.File}({LineOf(block, d)}): {d.Id}: {d.GetMessage(CultureInfo.InvariantCulture)}")];

    /// <summary>The block as a program, or as a library where it only declares types.</summary>
    public static CSharpCompilation Compile(CodeBlock block)
    {
        SyntaxTree tree = SourceTree.Parse(block.Code, block.File);
        bool program = tree.GetRoot().ChildNodes().OfType<GlobalStatementSyntax>().Any();
        var options = new CSharpCompilationOptions(
            program ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        return CSharpCompilation.Create("Block", [tree, ImplicitUsings.Tree], References.All, options);
    }

    private static int LineOf(CodeBlock block, Diagnostic error) => block.Line + error.Location.GetLineSpan().StartLinePosition.Line;
}
