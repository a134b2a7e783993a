namespace DeepLearning;

/// <summary>An output of a model.</summary>
/// <param name="Name">The name of the layer that computes it: <c>softmax</c>.</param>
/// <param name="Shape">The shape of one prediction, without the batch.</param>
public sealed record ModelOutput(string Name, Shape Shape);
