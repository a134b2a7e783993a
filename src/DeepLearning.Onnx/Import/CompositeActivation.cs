using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>An activation formed by several nodes.</summary>
/// <param name="Activation">The activation.</param>
/// <param name="Start">The input value.</param>
/// <param name="Result">The output value.</param>
/// <param name="Parts">The nodes; all their values except the result are used by them alone.</param>
internal sealed record CompositeActivation(Activation Activation, string Start, string Result, HashSet<NodeProto> Parts);
