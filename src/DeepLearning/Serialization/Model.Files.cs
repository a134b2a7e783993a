namespace DeepLearning;

/// <content>Files.</content>
public abstract partial class Model
{
    private const int StreamBuffer = 1 << 16;

    /// <summary>
    /// Saves the model as one safetensors file: weights by name, and in its metadata the layers with their settings, the seed, the steps trained, the class
    /// names and a checksum. A loaded model predicts the same bits. The file is replaced atomically: a crash, a kill or a full disk leaves the old one.
    /// Regularizers, constraints and initializers are saved with their layers. Of a custom one that <paramref name="layers"/> does not list, only the text is
    /// saved: the loaded model predicts, and what needs the missing part throws. The compilation and the optimizer's state are not saved.
    /// </summary>
    /// <param name="path">The file, usually with the ending <c>.safetensors</c>; its folder is created if missing.</param>
    /// <param name="layers">
    /// Needed if the model has custom layers, regularizers, constraints or initializers; <see cref="LayerKinds.BuiltIn"/> by default.
    /// </param>
    /// <exception cref="InvalidOperationException">The kind of a layer is not among them, or another thread trains the model.</exception>
    /// <exception cref="IOException">The file cannot be written; an existing file is unchanged.</exception>
    public void Save(string path, LayerKinds? layers = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Model snapshot = Snapshot();
        Dictionary<string, string> metadata = ModelFile.Describe(snapshot, layers ?? LayerKinds.BuiltIn);
        AtomicFile.Write(path, stream => SafetensorsFile.Write(stream, ModelFile.Weights(snapshot), metadata));
    }

    /// <summary>Writes the model to a stream, as <see cref="Save(string, LayerKinds)"/> does to a file.</summary>
    /// <param name="stream">Receives the bytes; stays open.</param>
    /// <param name="layers">Needed if the model has custom layers; <see cref="LayerKinds.BuiltIn"/> by default.</param>
    /// <exception cref="InvalidOperationException">The kind of a layer is not among them, or another thread trains the model; nothing was written.</exception>
    public void Save(Stream stream, LayerKinds? layers = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Model snapshot = Snapshot();
        Dictionary<string, string> metadata = ModelFile.Describe(snapshot, layers ?? LayerKinds.BuiltIn);
        SafetensorsFile.Write(stream, ModelFile.Weights(snapshot), metadata);
    }

    /// <summary>Saves the model on another thread, as <see cref="Save(string, LayerKinds)"/> does. It saves the weights at the time of the call.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layers">Needed if the model has custom layers; <see cref="LayerKinds.BuiltIn"/> by default.</param>
    /// <param name="cancellationToken">Cancels; an existing file is unchanged.</param>
    public Task SaveAsync(string path, LayerKinds? layers = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Model snapshot = Snapshot();
        Dictionary<string, string> metadata = ModelFile.Describe(snapshot, layers ?? LayerKinds.BuiltIn);
        List<(string, Shape, ReadOnlyMemory<float>)> weights = ModelFile.Weights(snapshot);
        return Task.Run(() => AtomicFile.Write(path, stream => SafetensorsFile.Write(stream, weights, metadata, cancellationToken)), cancellationToken);
    }

    /// <summary>Writes the model to a stream that must not block, such as a server's response.</summary>
    /// <param name="stream">Receives the bytes; stays open.</param>
    /// <param name="layers">Needed if the model has custom layers; <see cref="LayerKinds.BuiltIn"/> by default.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task SaveAsync(Stream stream, LayerKinds? layers = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var bytes = new MemoryStream();
        Save(bytes, layers);
        bytes.Position = 0;
        await bytes.CopyToAsync(stream, StreamBuffer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Loads a model that <see cref="Save(string, LayerKinds)"/> wrote. Compile it to evaluate or to train on. With a custom regularizer or constraint that
    /// <paramref name="layers"/> does not list the model predicts; <c>Fit</c>, and with a regularizer <c>Evaluate</c>, throw an
    /// <see cref="InvalidOperationException"/> that names it.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="layers">
    /// Needed if the model has custom layers, regularizers, constraints or initializers; <see cref="LayerKinds.BuiltIn"/> by default.
    /// </param>
    /// <returns>The model, with the same weights, seed, steps trained and class names; a <see cref="Sequential"/> if it has one input and one output.</returns>
    /// <exception cref="ModelFormatException">The file is cut off, damaged, of a newer version, or something else; the message says what.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It is a folder, or cannot be read.</exception>
    public static Model Load(string path, LayerKinds? layers = null) => ModelFile.Build(Safetensors.Read(path), layers ?? LayerKinds.BuiltIn);

    /// <summary>Reads a model from a stream to its end.</summary>
    /// <param name="stream">At the model's first byte; stays open.</param>
    /// <param name="layers">Needed if the model has custom layers; <see cref="LayerKinds.BuiltIn"/> by default.</param>
    /// <returns>The model, with the same weights, seed, steps trained and class names; a <see cref="Sequential"/> if it has one input and one output.</returns>
    /// <exception cref="ModelFormatException">The content is cut off, damaged, of a newer version, or something else; the message says what.</exception>
    public static Model Load(Stream stream, LayerKinds? layers = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return ModelFile.Build(SafetensorsFile.Read(stream), layers ?? LayerKinds.BuiltIn);
    }

    /// <summary>Loads a model on another thread.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layers">Needed if the model has custom layers; <see cref="LayerKinds.BuiltIn"/> by default.</param>
    /// <param name="cancellationToken">Cancels the operation before it begins.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ModelFormatException">The file is cut off, damaged, of a newer version, or something else; the message says what.</exception>
    public static Task<Model> LoadAsync(string path, LayerKinds? layers = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Task.Run(() => Load(path, layers), cancellationToken);
    }

    /// <summary>Reads a model from a stream that must not block, such as a server's request.</summary>
    /// <param name="stream">At the model's first byte; stays open.</param>
    /// <param name="layers">Needed if the model has custom layers; <see cref="LayerKinds.BuiltIn"/> by default.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ModelFormatException">The content is cut off, damaged, of a newer version, or something else; the message says what.</exception>
    public static async Task<Model> LoadAsync(Stream stream, LayerKinds? layers = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, StreamBuffer, cancellationToken).ConfigureAwait(false);
        bytes.Position = 0;
        return Load(bytes, layers);
    }

    /// <summary>Checks before training whether the model can be saved afterwards.</summary>
    /// <param name="kinds">The kinds of layers that its file may name.</param>
    /// <param name="where">Where the user sets them, for the message.</param>
    /// <exception cref="InvalidOperationException">The kind of a layer is not among them.</exception>
    internal void RequireSavable(LayerKinds kinds, string where)
    {
        if (Array.Find(Graph.Slots, s => kinds.Of(s.Layer) is null) is not { } unknown) return;
        throw new InvalidOperationException(
            $"{unknown} has no name in files: set {where} to LayerKinds.BuiltIn.With(\"{unknown.Layer.Kind}\", write, read), and give Load the same.");
    }
}
