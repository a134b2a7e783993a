namespace DeepLearning;

/// <summary>An input of a model.</summary>
/// <param name="Name">Its name in the model: <c>pixels</c>.</param>
/// <param name="Shape">The shape of one sample, without the batch.</param>
public sealed record ModelInput(string Name, Shape Shape);
