using DeepLearning.Onnx;

namespace DeepLearning;

/// <summary>ONNX files: models out to ONNX Runtime, browsers and other frameworks, and feed-forward graphs in.</summary>
/// <example>
/// <code>
/// model.ExportOnnx("digits.onnx");
/// Sequential again = OnnxModel.Import("digits.onnx");
/// </code>
/// </example>
public static class OnnxModel
{
    /// <summary>
    /// Writes a model as it predicts, with open batch size, preprocessing and class names: operator set 17, IR version 8. Dropout is left out.
    /// The file takes its name only when it is whole.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file, replaced if there is one.</param>
    /// <param name="options">Names, and how custom layers are written; the defaults if null.</param>
    /// <exception cref="NotSupportedException">A layer has no form in ONNX, or the model is larger than the format's 2 GiB.</exception>
    /// <exception cref="ArgumentException">Two values would have the same name.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there is as it was.</exception>
    /// <exception cref="InvalidOperationException">Another thread trains the model. A callback may call it.</exception>
    public static void ExportOnnx(this Sequential model, string path, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, file => ExportOnnx(model, file, options));
    }

    /// <summary>Writes a model into a stream, which stays open.</summary>
    /// <param name="model">The model.</param>
    /// <param name="target">Where the bytes go.</param>
    /// <param name="options">Names, and how custom layers are written; the defaults if null.</param>
    /// <exception cref="NotSupportedException">A layer has no form in ONNX, or the model is larger than the format's 2 GiB.</exception>
    /// <exception cref="ArgumentException">Two values would have the same name.</exception>
    /// <exception cref="InvalidOperationException">Another thread trains the model. A callback may call it.</exception>
    public static void ExportOnnx(this Sequential model, Stream target, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(target);
        ModelExport.Write(model, target, options ?? new OnnxExportOptions());
    }

    /// <summary>
    /// Reads a graph that is a chain of layers: one input, one output, operator sets 1 to 26. Weights may lie in files beside it, in its folder or below;
    /// links there may lead on as those in the cache of Hugging Face do. What the output does not depend on is not looked at; what the layers here cannot
    /// express is an error that names the node.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Limits; the defaults if null.</param>
    /// <returns>A model with the same predictions; it can be compiled and trained further.</returns>
    /// <exception cref="ModelFormatException">The file is damaged or no ONNX model, or holds what cannot be expressed or must not be read.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Sequential Import(string path, OnnxImportOptions? options = null)
    {
        using FileStream file = ReadableFile.Open(path);
        try
        {
            return ModelImport.Read(file, Path.GetFullPath(path), options ?? new OnnxImportOptions());
        }
        catch (ModelFormatException wrong)
        {
            throw new ModelFormatException($"{path}: {wrong.Message}", wrong);
        }
    }

    /// <summary>Reads a graph from a stream, to its end; weights in other files are refused, since a stream has no folder.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="options">Limits; the defaults if null.</param>
    /// <returns>A model with the same predictions; it can be compiled and trained further.</returns>
    /// <exception cref="ModelFormatException">The bytes are damaged or no ONNX model, or hold what cannot be expressed.</exception>
    public static Sequential Import(Stream source, OnnxImportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ModelImport.Read(source, path: null, options ?? new OnnxImportOptions());
    }
}
