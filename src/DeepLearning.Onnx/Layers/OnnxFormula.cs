namespace DeepLearning.Onnx;

/// <summary>What an activation computes of <see cref="Formula.X"/>; nodes that compute the same are read as the activation, however they spell it.</summary>
/// <param name="Make">Makes the activation.</param>
/// <param name="In">The formula, in the functions of a vocabulary.</param>
internal sealed record OnnxFormula(Func<Activation> Make, Func<Vocabulary, Formula> In);
