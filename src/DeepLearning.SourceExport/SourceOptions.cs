using DeepLearning.SourceExport;

namespace DeepLearning;

/// <summary>What the file that <see cref="SourceModel.ExportSource(Model, string, SourceOptions?)"/> writes is called inside.</summary>
public sealed record SourceOptions
{
    /// <summary>The namespace, <c>Models</c> by default; empty for none.</summary>
    /// <exception cref="ArgumentException">Not names with dots between them.</exception>
    public string Namespace
    {
        get;
        init => field = SourceNames.RequireNamespace(value);
    } = "Models";

    /// <summary>The class; by default after the file, so that <c>digits-v2.g.cs</c> gives <c>DigitsV2</c>; <c>Model</c> where there is no file.</summary>
    /// <exception cref="ArgumentException">Not the name of a class.</exception>
    public string? ClassName
    {
        get;
        init => field = value is null ? null : SourceNames.RequireClass(value);
    }

    /// <summary>Whether the class is public; false by default.</summary>
    public bool Public { get; init; }
}
