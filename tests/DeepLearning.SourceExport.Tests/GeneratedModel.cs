using System.Reflection;
using System.Runtime.Loader;
using DeepLearning.Tests.Architecture;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepLearning.SourceExport.Tests;

/// <summary>A model beside the class that its source compiles to.</summary>
internal sealed class GeneratedModel
{
    /// <summary>What .NET 8 compiles by default.</summary>
    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp12, DocumentationMode.Diagnose);

    private readonly Sequential model;
    private readonly PredictSamples predict;

    private GeneratedModel(Sequential model, Type type)
    {
        this.model = model;
        Type = type;
        predict = type.GetMethod("Predict")!.CreateDelegate<PredictSamples>();
    }

    private delegate void PredictSamples(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>The class.</summary>
    public Type Type { get; }

    /// <summary>
    /// All in one compilation, which costs about as much as one alone; fails on any warning of the compiler's highest level. Overflow is checked, as a
    /// project may ask for.
    /// </summary>
    /// <param name="models">The models.</param>
    /// <param name="edit">What happens to a file on its way to the compiler.</param>
    public static GeneratedModel[] Compile(IReadOnlyList<Sequential> models, Func<string, string>? edit = null)
    {
        edit ??= source => source;
        CSharpCompilation compilation = Compilation(
            [.. models.Select((m, i) => edit(Export(m, new SourceOptions { ClassName = $"Model{i}", Public = true })))]);
        using var stream = new MemoryStream();
        WarningsOf(compilation.Emit(stream).Diagnostics).Should().BeEmpty();
        stream.Position = 0;
        Assembly assembly = new AssemblyLoadContext("generated", isCollectible: true).LoadFromStream(stream);
        return [.. models.Select((m, i) => new GeneratedModel(m, assembly.GetType($"Models.Model{i}", throwOnError: true)!))];
    }

    public static GeneratedModel Compile(Sequential model) => Compile([model]).Single();

    public static string Export(Sequential model, SourceOptions? options = null)
    {
        using var writer = new StringWriter();
        model.ExportSource(writer, options);
        return writer.ToString();
    }

    /// <summary>Every warning that the compiler has, at its highest level.</summary>
    public static IReadOnlyList<string> Warnings(string source) => WarningsOf(Compilation([source]).GetDiagnostics());

    public float[] Predict(ReadOnlySpan<float> input)
    {
        float[] output = new float[input.Length / model.InputShape.Size * model.OutputShape.Size];
        predict(input, output);
        return output;
    }

    public void Predict(ReadOnlySpan<float> input, Span<float> output) => predict(input, output);

    /// <summary>Fails at the first output whose bits are not the model's; of a NaN only that it is one counts.</summary>
    public void ShouldPredictAsTheModel(ReadOnlySpan<float> input, string because)
    {
        float[] expected = new float[input.Length / model.InputShape.Size * model.OutputShape.Size], actual = Predict(input);
        model.Predict(input, expected);
        for (int i = 0; i < actual.Length; i++)
        {
            bool bothNaN = float.IsNaN(actual[i]) && float.IsNaN(expected[i]);
            if (BitConverter.SingleToInt32Bits(actual[i]) != BitConverter.SingleToInt32Bits(expected[i]) && !bothNaN)
                Assert.Fail($"{because}, {model}: output {i} is {actual[i]:R}, the model's is {expected[i]:R}.");
        }
    }

    private static string[] WarningsOf(IEnumerable<Diagnostic> diagnostics)
        => [.. diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString())];

    private static CSharpCompilation Compilation(string[] sources)
    {
        // The framework alone: what is generated must not need the library.
        IEnumerable<MetadataReference> framework = References.Framework
            .Where(r => Path.GetFileName(r.Display!).StartsWith("System.", StringComparison.Ordinal));
        return CSharpCompilation.Create(
            $"Generated{Guid.NewGuid():N}", sources.Select(s => CSharpSyntaxTree.ParseText(s, Language)), framework,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, checkOverflow: true, warningLevel: 9999,
                nullableContextOptions: NullableContextOptions.Enable));
    }
}
