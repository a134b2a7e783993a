using DeepLearning.SourceExport;

namespace DeepLearning;

/// <summary>The names in the file that <see cref="SourceModel.ExportSource(Model, string, SourceOptions?)"/> writes.</summary>
public sealed record SourceOptions
{
    /// <summary>The namespace, <c>Models</c> by default; empty for none.</summary>
    /// <exception cref="ArgumentException">Not names separated by dots.</exception>
    public string Namespace
    {
        get;
        init => field = SourceNames.RequireNamespace(value);
    } = "Models";

    /// <summary>The class; by default named after the file, so <c>digits-v2.g.cs</c> gives <c>DigitsV2</c>; <c>Model</c> if there is no file.</summary>
    /// <exception cref="ArgumentException">Not the name of a class.</exception>
    public string? ClassName
    {
        get;
        init => field = value is null ? null : SourceNames.RequireClass(value);
    }

    /// <summary>Whether the class is public; false by default.</summary>
    public bool Public { get; init; }
}
