using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepLearning.Tests.Architecture;

/// <summary>Which folder of the core may know which: lower ones never know higher ones.</summary>
internal static class FolderRules
{
    private static readonly string[] Describing = ["Kernels", "Tensors", "State", "Autograd", "Ops", "Initializers", "Layers", "Losses", "Metrics"];

    /// <summary>
    /// What each folder may use beside itself. A member belongs to the folder of the file that declares it; a type that has files in several folders, where only
    /// its name is used, to the first of them in this order.
    /// </summary>
    private static readonly (string Folder, string[] Uses)[] Order =
    [
        ("Kernels", []),
        ("LinearAlgebra", ["Kernels"]),
        ("Tensors", ["Kernels"]),
        ("State", ["Kernels", "Tensors"]),
        ("Autograd", ["Kernels", "Tensors", "State"]),
        ("Ops", ["Kernels", "Tensors", "Autograd"]),
        ("Regularizers", ["Kernels", "Tensors", "State", "Autograd", "Ops"]),
        ("Constraints", ["Kernels", "Tensors", "State", "Autograd", "Ops"]),
        ("Initializers", Describing),
        ("Layers", [.. Describing, "Regularizers", "Constraints"]),
        ("Losses", Describing),
        ("Metrics", Describing),
        ("Schedules", ["Tensors", "State"]),
        ("Optimizers", ["Kernels", "Tensors", "State", "Autograd", "Schedules"]),
        ("Data", ["Kernels", "Tensors", "State"]),
        ("Models", [.. Describing, "Data"]),
        ("Inference", [.. Describing, "Data", "Models"]),
        ("Serialization", [.. Describing, "Data", "Models", "Inference"]),
        ("Callbacks", [.. Describing, "Optimizers", "Data", "Models", "Inference", "Serialization"]),
        ("Training", [.. Describing, "Optimizers", "Data", "Models", "Inference", "Serialization", "Callbacks"]),
        ("Serving", [.. Describing, "Optimizers", "Data", "Models", "Inference", "Serialization", "Callbacks", "Training"]),
        ("Tuning", [.. Describing, "Optimizers", "Data", "Models", "Inference", "Serialization", "Callbacks", "Training"]),
    ];

    /// <summary>Every use of a type that the order does not allow, as a sentence.</summary>
    public static IReadOnlyList<string> Violations(IEnumerable<SyntaxTree> sources)
    {
        SyntaxTree[] trees = [.. sources];
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Core", [.. trees, ImplicitUsings.Tree], References.Framework,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        var violations = new SortedSet<string>();
        foreach (SyntaxTree tree in trees)
        {
            string folder = FolderOf(tree);
            int place = Array.FindIndex(Order, o => o.Folder == folder);
            if (place < 0) violations.Add($"{tree.FilePath}: the folder {folder} has no place in the order");
            else violations.UnionWith(Uses(compilation.GetSemanticModel(tree), tree, folder, Order[place].Uses));
        }

        return [.. violations];
    }

    private static IEnumerable<string> Uses(SemanticModel model, SyntaxTree tree, string folder, string[] allowed)
    {
        foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            ISymbol? symbol = model.GetSymbolInfo(name).Symbol?.OriginalDefinition;
            if (symbol is IMethodSymbol { ReducedFrom: { } extension }) symbol = extension;
            if ((symbol as INamedTypeSymbol ?? symbol?.ContainingType) is not { } type) continue;
            // What the compiler adds to a record, and constructors, belong to the type.
            ISymbol judged = symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } || symbol!.DeclaringSyntaxReferences.IsEmpty ? type : symbol;
            string? home = judged.Locations.Where(l => l.IsInSource && l.SourceTree != ImplicitUsings.Tree).Select(l => FolderOf(l.SourceTree!))
                .OrderBy(f => Array.FindIndex(Order, o => o.Folder == f)).FirstOrDefault();
            if (home is not null && home != folder && !allowed.Contains(home))
                yield return $"{tree.FilePath} uses {(SymbolEqualityComparer.Default.Equals(judged, type) ? "" : $"{type.Name}.")}{judged.Name} of {home}";
        }
    }

    private static string FolderOf(SyntaxTree tree) => tree.FilePath.Split('/')[2];
}
