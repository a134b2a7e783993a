using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepLearning.Tests.Architecture;

public sealed class ArchitectureTests
{
    private const int MostLines = 400;

    [Fact]
    public void A_folder_uses_only_what_stands_before_it() => FolderRules.Violations(SourceTree.Under("src/DeepLearning")).Should().BeEmpty();

    [Fact]
    public void A_use_against_the_order_is_found_even_without_its_name()
    {
        const string LowPath = "src/DeepLearning/Tensors/Low.cs";
        SyntaxTree low = SourceTree.Parse("class Low { void M() => Source.Get().Run(); } class Source { public static Upper Get() => null!; }", LowPath);
        SyntaxTree high = SourceTree.Parse("class Upper { public void Run() { } /* Low */ }", "src/DeepLearning/Training/Upper.cs");
        FolderRules.Violations([low, high]).Should().Equal($"{LowPath} uses Upper of Training", $"{LowPath} uses Upper.Run of Training");
        FolderRules.Violations([SourceTree.Parse("class Odd;", "src/DeepLearning/Helpers/Odd.cs")]).Should().ContainSingle().Which
            .Should().Contain("Helpers has no place");
    }

    [Fact]
    public void No_source_file_is_longer_than_400_lines()
        => AllTrees().Select(t => (t.FilePath, Lines: t.GetText().Lines.Count)).Where(f => f.Lines > MostLines + 1).Should().BeEmpty();

    [Fact]
    public void Every_public_class_is_abstract_sealed_or_static()
        => SourceTree.Under("src").SelectMany(Types)
            .Where(t => t is ClassDeclarationSyntax or RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: not (int)SyntaxKind.StructKeyword })
            .GroupBy(FullName)
            .Where(parts => parts.Any(p => Has(p, SyntaxKind.PublicKeyword)))
            .Where(parts => !parts.Any(p => Has(p, SyntaxKind.AbstractKeyword) || Has(p, SyntaxKind.SealedKeyword) || Has(p, SyntaxKind.StaticKeyword)))
            .Select(parts => parts.Key).Should().BeEmpty();

    [Fact]
    public void Five_bases_alone_have_a_base_of_ours()
    {
        ClassDeclarationSyntax[] bases =
            [.. SourceTree.Under("src").SelectMany(Types).OfType<ClassDeclarationSyntax>().Where(c => Has(c, SyntaxKind.AbstractKeyword))];
        HashSet<string> names = [.. bases.Select(c => c.Identifier.ValueText)];
        bases.Where(c => c.BaseList?.Types.Any(b => names.Contains(b.Type.ToString())) == true)
            .Select(c => c.Identifier.ValueText).Should().BeEquivalentTo("Activation", "MeanMetric", "CountMetric", "MomentMetric", "MergeLayer");
    }

    [Fact]
    public void Unsafe_code_stays_in_Kernels()
        => SourceTree.Under("src").Where(t => !t.FilePath.StartsWith("src/DeepLearning/Kernels/", StringComparison.Ordinal))
            .Where(t => t.GetRoot().DescendantTokens().Any(token => token.IsKind(SyntaxKind.UnsafeKeyword)))
            .Select(t => t.FilePath).Should().BeEmpty();

    [Fact]
    public void Every_file_of_Kernels_opens_with_what_it_computes()
        => SourceTree.Under("src/DeepLearning/Kernels").Where(t => !Opening(t).Any(part => part.Length > 20)).Select(t => t.FilePath).Should().BeEmpty();

    [Fact]
    public void Every_public_type_is_named_in_a_test()
    {
        HashSet<string> named = [.. SourceTree.Under("tests").Where(t => !t.FilePath.Contains("/Architecture/", StringComparison.Ordinal))
            .SelectMany(t => t.GetRoot().DescendantTokens()).Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText)];
        SourceTree.Under("src").SelectMany(Types).Where(IsPublic).Select(t => t.Identifier.ValueText).Distinct()
            .Where(name => !named.Contains(name)).Should().BeEmpty();
    }

    /// <summary>The text of the summary of a file's first type; of a partial one's content, in the files beside the first.</summary>
    private static IEnumerable<string> Opening(SyntaxTree tree)
    {
        SyntaxNode type = tree.GetRoot().DescendantNodes().First(n => n is BaseTypeDeclarationSyntax);
        return CSharpSyntaxTree.ParseText(type.GetLeadingTrivia().ToFullString(), CSharpParseOptions.Default.WithDocumentationMode(DocumentationMode.Parse))
            .GetRoot().DescendantNodes(descendIntoTrivia: true).OfType<XmlElementSyntax>()
            .Where(e => e.StartTag.Name.ToString() is "summary" or "content").Select(e => e.Content.ToString());
    }

    private static IEnumerable<SyntaxTree> AllTrees() => new[] { "src", "tests", "samples", "benchmarks" }.SelectMany(SourceTree.Under);

    private static IEnumerable<BaseTypeDeclarationSyntax> Types(SyntaxTree tree) => tree.GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>();

    private static bool Has(BaseTypeDeclarationSyntax type, SyntaxKind modifier) => type.Modifiers.Any(modifier);

    private static bool IsPublic(BaseTypeDeclarationSyntax type)
        => Has(type, SyntaxKind.PublicKeyword) && type.Ancestors().OfType<BaseTypeDeclarationSyntax>().All(outer => Has(outer, SyntaxKind.PublicKeyword));

    private static string FullName(BaseTypeDeclarationSyntax type)
        => string.Join('.', type.AncestorsAndSelf().OfType<BaseTypeDeclarationSyntax>().Reverse().Select(t => t.Identifier.ValueText));
}
