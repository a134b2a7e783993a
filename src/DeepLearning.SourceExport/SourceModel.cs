using DeepLearning.SourceExport;

namespace DeepLearning;

/// <summary>A model as C# source.</summary>
/// <example>
/// <code>
/// model.ExportSource("Digits.g.cs");
/// </code>
/// </example>
public static class SourceModel
{
    /// <summary>
    /// Writes the model as one C# file that needs neither this library nor any other: its numbers as data, and
    /// <c>static void Predict(ReadOnlySpan&lt;float&gt; input, Span&lt;float&gt; output)</c>, which gives the same bits as
    /// <see cref="Model.Predict(ReadOnlySpan{float}, Span{float})"/> on hardware with fused multiply-add (a NaN stays a NaN, perhaps with other bits) and
    /// allocates nothing. For .NET 8 or later, also trimmed and ahead of time.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file, conventionally <c>Name.g.cs</c>. An existing one is replaced only once the new one is complete.</param>
    /// <param name="options">Namespace, class and visibility; by default an internal class in the namespace Models, named after the file.</param>
    /// <exception cref="NotSupportedException">A layer, such as a custom one, has no C# source form; the message names it, and nothing is written.</exception>
    /// <exception cref="ArgumentException">No class can have the name; nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="InvalidOperationException">Another thread trains the model. A callback may call it.</exception>
    public static void ExportSource(this Model model, string path, SourceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new SourceOptions();
        var file = new SourceFile(model.Clone(), options, options.ClassName ?? SourceNames.ClassOf(path));
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            file.WriteTo(writer);
        });
    }

    /// <inheritdoc cref="ExportSource(Model, string, SourceOptions?)"/>
    /// <param name="model">The model.</param>
    /// <param name="writer">Receives the text; stays open.</param>
    /// <param name="options">Namespace, class and visibility; by default an internal class <c>Model</c> in the namespace Models.</param>
    public static void ExportSource(this Model model, TextWriter writer, SourceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(writer);
        options ??= new SourceOptions();
        new SourceFile(model.Clone(), options, options.ClassName ?? "Model").WriteTo(writer);
    }
}
