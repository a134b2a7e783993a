namespace DeepLearning;

/// <content>Loading a model that is known to have one input and one output.</content>
public sealed partial class Sequential
{
    /// <inheritdoc cref="Model.Load(string, LayerKinds?)"/>
    public static new Sequential Load(string path, LayerKinds? layers = null) => Single(Model.Load(path, layers), path);

    /// <inheritdoc cref="Model.Load(Stream, LayerKinds?)"/>
    public static new Sequential Load(Stream stream, LayerKinds? layers = null) => Single(Model.Load(stream, layers), "the stream");

    /// <inheritdoc cref="Model.LoadAsync(string, LayerKinds?, CancellationToken)"/>
    public static new async Task<Sequential> LoadAsync(string path, LayerKinds? layers = null, CancellationToken cancellationToken = default)
        => Single(await Model.LoadAsync(path, layers, cancellationToken).ConfigureAwait(false), path);

    /// <inheritdoc cref="Model.LoadAsync(Stream, LayerKinds?, CancellationToken)"/>
    public static new async Task<Sequential> LoadAsync(Stream stream, LayerKinds? layers = null, CancellationToken cancellationToken = default)
        => Single(await Model.LoadAsync(stream, layers, cancellationToken).ConfigureAwait(false), "the stream");

    private static Sequential Single(Model model, string file) => model as Sequential
        ?? throw new ModelFormatException(
            $"{file} holds a model with {model.Inputs.Count} inputs and {model.Outputs.Count} outputs, which is not a Sequential: load it with Model.Load.");
}
