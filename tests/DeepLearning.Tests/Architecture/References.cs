using Microsoft.CodeAnalysis;

namespace DeepLearning.Tests.Architecture;

/// <summary>What code is compiled against: every assembly that this process could load, which holds the framework and the packages.</summary>
internal static class References
{
    private static readonly Lazy<IReadOnlyList<MetadataReference>> Assemblies = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))]);

    /// <summary>The framework and the packages, with the library itself.</summary>
    public static IReadOnlyList<MetadataReference> All => Assemblies.Value;

    /// <summary>The framework and the packages, without the library itself.</summary>
    public static IEnumerable<MetadataReference> Framework
        => All.Where(r => !Path.GetFileName(r.Display!).StartsWith("DeepLearning", StringComparison.Ordinal));
}
