namespace DeepLearning;

/// <summary>A layer in its place in a model: with its name, what it makes, and its parameters there.</summary>
internal sealed record LayerSlot(int Number, string Name, Layer Layer, Shape Output, LayerParameter[] Parameters)
{
    /// <summary>For messages: <c>layer 3 (Dense(128))</c>.</summary>
    public override string ToString() => $"layer {Number} ({Layer})";
}
