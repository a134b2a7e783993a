using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>An activation that nodes make up.</summary>
/// <param name="Activation">The activation.</param>
/// <param name="Start">The value that goes in.</param>
/// <param name="Result">The value that comes out.</param>
/// <param name="Parts">The nodes; what they make but for the result is needed by them alone.</param>
internal sealed record CompositeActivation(Activation Activation, string Start, string Result, HashSet<NodeProto> Parts);
