namespace DeepLearning;

/// <summary>A parameter as it appears in PyTorch's files.</summary>
/// <param name="Name">Its name in the layer here: <c>kernel</c>.</param>
/// <param name="ForeignName">Its name there: <c>weight</c>.</param>
/// <param name="Rank">The number of dimensions there.</param>
/// <param name="Turn">Converts the foreign layout to this library's; null if both are the same.</param>
internal sealed record ForeignParameter(string Name, string ForeignName, int Rank, Func<Tensor, Tensor>? Turn)
{
    /// <summary>The weight of a Linear, [outputs, inputs], which is [inputs, outputs] here.</summary>
    public static ForeignParameter LinearWeight(string name) => new(name, "weight", Rank: 2, static weight => weight.Transpose());
}
