namespace DeepLearning.Onnx;

/// <summary>What an activation computes from <see cref="Formula.X"/>; nodes that compute the same are read as the activation, in any spelling.</summary>
/// <param name="Make">Creates the activation.</param>
/// <param name="In">The formula, in the functions of a vocabulary.</param>
internal sealed record OnnxFormula(Func<Activation> Make, Func<Vocabulary, Formula> In);
