using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepLearning.Tests.Architecture;

/// <summary>
/// Arithmetic outside Kernels: loops over the elements of a span or an array of floats or doubles, loops that hand out pieces of one, and the framework's own
/// functions over them (TensorPrimitives, fills, copies, searches). What is one call of a kernel verb can be done by another device.
/// </summary>
internal static class SpanLoops
{
    /// <summary>Folders in which all arithmetic is a call of a kernel.</summary>
    public static readonly string[] Folders = ["Ops", "Layers", "Losses", "Optimizers"];

    private static readonly string[] Harmless = ["Slice", "ToArray", "AsSpan"];

    /// <summary>Every such place in the folders above, as a sentence. An optimizer may go through its parameters and hand out the span of each.</summary>
    public static IReadOnlyList<string> In(IEnumerable<SyntaxTree> sources)
    {
        SyntaxTree[] trees = [.. sources];
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Core", [.. trees, ImplicitUsings.Tree], References.Framework,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        return [.. trees.Where(t => Folders.Contains(FolderOf(t))).SelectMany(t => In(t, compilation.GetSemanticModel(t)))];
    }

    private static IEnumerable<string> In(SyntaxTree tree, SemanticModel model)
    {
        SyntaxNode[] nodes = [.. tree.GetRoot().DescendantNodes()];
        IEnumerable<SyntaxNode> loops = nodes.Where(n => n is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax)
            .Where(loop => IsOverElements(loop, model, slices: FolderOf(tree) != "Optimizers"));
        return loops.Concat(nodes.OfType<InvocationExpressionSyntax>().Where(call => IsFrameworks(call, model)))
            .Select(n => $"{tree.FilePath}({n.GetLocation().GetLineSpan().StartLinePosition.Line + 1}): {n.ToString().Split('\n')[0].Trim()}");
    }

    private static bool IsOverElements(SyntaxNode loop, SemanticModel model, bool slices)
        => (loop is CommonForEachStatementSyntax each && IsNumbers(model.GetTypeInfo(each.Expression).Type))
            || loop.DescendantNodes().OfType<ElementAccessExpressionSyntax>()
                .Any(e => IsNumbers(model.GetTypeInfo(e.Expression).Type) && (slices || !IsNumbers(model.GetTypeInfo(e).Type)))
            || (slices && loop.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => Called(call, model) is { Name: "Slice" } m && IsNumbers(m.ContainingType)));

    private static bool IsFrameworks(InvocationExpressionSyntax call, SemanticModel model)
    {
        if (Called(call, model) is not { } method || Harmless.Contains(method.Name)) return false;
        if (method.ContainingType.Name == "TensorPrimitives" || IsNumbers(method.ContainingType)) return true;
        return method.ContainingType.Name == "MemoryExtensions" && (method.ReducedFrom ?? method).Parameters.Length > 0
            && call.Expression is MemberAccessExpressionSyntax access && IsFloats(model.GetTypeInfo(access.Expression).Type);
    }

    private static IMethodSymbol? Called(InvocationExpressionSyntax call, SemanticModel model) => model.GetSymbolInfo(call).Symbol as IMethodSymbol;

    private static bool IsNumbers(ITypeSymbol? type) => ElementOf(type) is SpecialType.System_Single or SpecialType.System_Double;

    private static bool IsFloats(ITypeSymbol? type) => ElementOf(type) is SpecialType.System_Single;

    private static SpecialType? ElementOf(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType.SpecialType,
        INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", TypeArguments: [var element] } => element.SpecialType,
        _ => null,
    };

    private static string FolderOf(SyntaxTree tree) => tree.FilePath.Split('/')[2];
}
