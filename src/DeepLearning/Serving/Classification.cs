namespace DeepLearning;

/// <summary>A label with the probability that the model gives it.</summary>
/// <typeparam name="TLabel">The kind of label: a string, an enum, a custom type.</typeparam>
/// <param name="Label">The predicted label.</param>
/// <param name="Probability">From 0 to 1.</param>
public readonly record struct Classification<TLabel>(TLabel Label, float Probability);
