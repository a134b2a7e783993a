using DeepLearning.Onnx;

namespace DeepLearning;

/// <summary>ONNX files: export to ONNX Runtime, browsers and other frameworks, and import of feed-forward graphs.</summary>
/// <example>
/// <code>
/// model.ExportOnnx("digits.onnx");
/// Sequential again = OnnxModel.Import("digits.onnx");
/// </code>
/// </example>
public static class OnnxModel
{
    /// <summary>
    /// Writes a model for inference, with open batch size, preprocessing and class names: operator set 17, IR version 8. Dropout is left out, and the
    /// parameters of a shared layer are in the file once. Several inputs and outputs keep the model's names. The file gets its name only once complete.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="options">Names, and how custom layers are written; the defaults if null.</param>
    /// <exception cref="NotSupportedException">A layer has no form in ONNX, or the model is larger than the format's 2 GiB.</exception>
    /// <exception cref="ArgumentException">Two values would have the same name, or the options name the input or output of a model with several.</exception>
    /// <exception cref="IOException">The file cannot be written; an existing file is unchanged.</exception>
    /// <exception cref="InvalidOperationException">Another thread trains the model. A callback may call it.</exception>
    public static void ExportOnnx(this Model model, string path, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, file => ExportOnnx(model, file, options));
    }

    /// <summary>Writes a model into a stream, which stays open.</summary>
    /// <param name="model">The model.</param>
    /// <param name="target">Receives the bytes.</param>
    /// <param name="options">Names, and how custom layers are written; the defaults if null.</param>
    /// <exception cref="NotSupportedException">A layer has no form in ONNX, or the model is larger than the format's 2 GiB.</exception>
    /// <exception cref="ArgumentException">Two values would have the same name, or the options name the input or output of a model with several.</exception>
    /// <exception cref="InvalidOperationException">Another thread trains the model. A callback may call it.</exception>
    public static void ExportOnnx(this Model model, Stream target, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(target);
        ModelExport.Write(model, target, options ?? new OnnxExportOptions());
    }

    /// <summary>
    /// Reads a graph with one input and one output, inner branches included; <see cref="ImportModel(string, OnnxImportOptions?)"/> reads any number of them.
    /// Operator sets 1 to 26. Weights may be in other files in its folder or below; links there may lead elsewhere as in Hugging Face's cache. Whatever the
    /// output does not depend on is ignored; whatever layers cannot express is an error that names the node.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Limits; the defaults if null.</param>
    /// <returns>A model with the same predictions; it can be compiled and trained further.</returns>
    /// <exception cref="ModelFormatException">
    /// The file is damaged or not an ONNX model, has several inputs or outputs, or contains something that cannot be expressed or must not be read.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Sequential Import(string path, OnnxImportOptions? options = null) => (Sequential)Read(path, options, isSingle: true);

    /// <summary>Reads a graph with one input and one output from a stream, to its end; weights in other files are refused, since a stream has no
    /// folder.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="options">Limits; the defaults if null.</param>
    /// <returns>A model with the same predictions; it can be compiled and trained further.</returns>
    /// <exception cref="ModelFormatException">The bytes are damaged or not an ONNX model, or contain something that cannot be expressed, or several inputs or
    /// outputs.</exception>
    public static Sequential Import(Stream source, OnnxImportOptions? options = null) => (Sequential)Read(source, options, isSingle: true);

    /// <summary>
    /// Reads a graph with any number of inputs and outputs, like <see cref="Import(string, OnnxImportOptions?)"/>. If there are several, they keep their order,
    /// and their names if these are valid in a model. Two products with the same weights become one shared layer.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Limits; the defaults if null.</param>
    /// <returns>A model with the same predictions: a <see cref="Sequential"/> if there is one input and one output.</returns>
    /// <exception cref="ModelFormatException">The file is damaged or not an ONNX model, or contains something that cannot be expressed or must not be
    /// read.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Model ImportModel(string path, OnnxImportOptions? options = null) => Read(path, options, isSingle: false);

    /// <summary>Reads a graph with any number of inputs and outputs from a stream, to its end; weights in other files are refused, since a stream has no
    /// folder.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="options">Limits; the defaults if null.</param>
    /// <returns>A model with the same predictions: a <see cref="Sequential"/> if there is one input and one output.</returns>
    /// <exception cref="ModelFormatException">The bytes are damaged or not an ONNX model, or contain something that cannot be expressed.</exception>
    public static Model ImportModel(Stream source, OnnxImportOptions? options = null) => Read(source, options, isSingle: false);

    private static Model Read(string path, OnnxImportOptions? options, bool isSingle)
    {
        using FileStream file = ReadableFile.Open(path);
        try
        {
            return ModelImport.Read(file, Path.GetFullPath(path), options ?? new OnnxImportOptions(), isSingle);
        }
        catch (ModelFormatException wrong)
        {
            throw new ModelFormatException($"{path}: {wrong.Message}", wrong);
        }
    }

    private static Model Read(Stream source, OnnxImportOptions? options, bool isSingle)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ModelImport.Read(source, path: null, options ?? new OnnxImportOptions(), isSingle);
    }
}
