using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>
/// The factor or the term of a normalization that has none, where the operator requires one: ones or zeros, known by their name when they are read.
/// </summary>
internal static class StandIn
{
    private const string Ones = "no_gamma", Zeros = "no_beta";

    /// <summary>γ of a layer, or ones.</summary>
    public static string Gamma(OnnxLayerWriter graph, bool has, Shape shape) => has ? graph.Parameter("gamma") : graph.Constant(Ones, Filled(1f, shape), shape);

    /// <summary>β of a layer, or zeros.</summary>
    public static string Beta(OnnxLayerWriter graph, bool has, Shape shape) => has ? graph.Parameter("beta") : graph.Constant(Zeros, Filled(0f, shape), shape);

    /// <summary>Whether an input of a node only stands in for a parameter that the layer does not have.</summary>
    public static bool Is(NodeProto node, int place)
        => node.Input[place].EndsWith($"/{Ones}", StringComparison.Ordinal) || node.Input[place].EndsWith($"/{Zeros}", StringComparison.Ordinal);

    private static float[] Filled(float value, Shape shape)
    {
        var values = new float[shape.Size];
        Array.Fill(values, value);
        return values;
    }
}
