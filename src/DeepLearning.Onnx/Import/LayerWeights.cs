namespace DeepLearning.Onnx;

/// <summary>
/// A layer with parameters as a graph has it: constants, and the settings by which they are read. Two with the same constants and settings are equal, and become
/// one layer that is called twice.
/// </summary>
internal abstract record LayerWeights
{
    /// <summary>How many numbers the layer's parameters have.</summary>
    public abstract long Count { get; }

    /// <summary>Makes the layer.</summary>
    public abstract Layer Make();

    /// <summary>Puts the numbers into the layer's parameters.</summary>
    public abstract void Fill(LayerCall call);

    /// <summary>The same with a constant that is added behind the layer as its bias; null where it is none.</summary>
    /// <param name="constant">The constant.</param>
    /// <param name="rank">How many dimensions the layer's result has, the batch included.</param>
    public virtual LayerWeights? WithBias(OnnxConstant constant, int rank) => null;
}
