namespace DeepLearning;

/// <summary>An input of a model.</summary>
/// <param name="Name">Its name in the model: <c>pixels</c>.</param>
/// <param name="Shape">The shape of one sample, without the batch.</param>
/// <param name="IsInteger">Whether it takes indices, created with <see cref="Tensor.FromIndices(ReadOnlySpan{int})"/>; false by default: float32
/// values.</param>
public sealed record ModelInput(string Name, Shape Shape, bool IsInteger = false);
