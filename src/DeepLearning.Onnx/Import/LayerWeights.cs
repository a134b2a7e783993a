namespace DeepLearning.Onnx;

/// <summary>
/// A layer with parameters as found in a graph: constants, and the settings for reading them. Two with the same constants and settings are equal, and become
/// one layer that is called twice.
/// </summary>
internal abstract record LayerWeights
{
    /// <summary>The number of values in the layer's parameters.</summary>
    public abstract long Count { get; }

    /// <summary>Creates the layer.</summary>
    public abstract Layer Make();

    /// <summary>Puts the numbers into the layer's parameters.</summary>
    public abstract void Fill(LayerCall call);

    /// <summary>The same with a constant added after the layer as its bias; null if it cannot be one.</summary>
    /// <param name="constant">The constant.</param>
    /// <param name="rank">The number of dimensions of the layer's result, including the batch.</param>
    public virtual LayerWeights? WithBias(OnnxConstant constant, int rank) => null;
}
