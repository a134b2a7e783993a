using System.Collections.Frozen;

namespace DeepLearning.Onnx;

/// <summary>The layers that have a form in ONNX: an explicit list, so that one without is an error, never guessed.</summary>
internal static class OnnxLayers
{
    public static IReadOnlyList<OnnxLayer> All { get; } =
    [
        AddOnnx.Definition,
        AverageOnnx.Definition,
        ConcatenateOnnx.Definition,
        MaximumOnnx.Definition,
        MinimumOnnx.Definition,
        MultiplyOnnx.Definition,
        SubtractOnnx.Definition,
        AlphaDropoutOnnx.Definition,
        GaussianDropoutOnnx.Definition,
        GaussianNoiseOnnx.Definition,
        StochasticDepthOnnx.Definition,
        ActivityRegularizationOnnx.Definition,
        DenseOnnx.Definition,
        EmbeddingOnnx.Definition,
        RescalingOnnx.Definition,
        DropoutOnnx.Definition,
        FlattenOnnx.Definition,
        ReshapeOnnx.Definition,
        NormalizationOnnx.Definition,
        BatchNormalizationOnnx.Definition,
        GroupNormalizationOnnx.Definition,
        LayerNormalizationOnnx.Definition,
        RmsNormalizationOnnx.Definition,
        PReluOnnx.Definition,
        EluOnnx.Definition,
        ExponentialOnnx.Definition,
        GeluOnnx.Definition,
        HardSigmoidOnnx.Definition,
        HardSwishOnnx.Definition,
        LeakyReluOnnx.Definition,
        LogSoftmaxOnnx.Definition,
        MishOnnx.Definition,
        ReluOnnx.Definition,
        SeluOnnx.Definition,
        SigmoidOnnx.Definition,
        SiluOnnx.Definition,
        SoftmaxOnnx.Definition,
        SoftplusOnnx.Definition,
        SoftsignOnnx.Definition,
        TanhOnnx.Definition,
    ];

    private static readonly FrozenDictionary<Type, OnnxLayer> ByLayer = All.ToFrozenDictionary(l => l.Layer);

    private static readonly FrozenDictionary<string, OnnxOperator> ByOperator = All.SelectMany(l => l.Operators).ToFrozenDictionary(o => o.Name);

    private static readonly FrozenDictionary<string, OnnxMerge> ByMerge = All.SelectMany(l => l.Merges).ToFrozenDictionary(m => m.Name);

    /// <summary>The operators that are layers.</summary>
    public static IEnumerable<OnnxOperator> Operators => ByOperator.Values;

    /// <summary>How a layer is written, or null.</summary>
    public static OnnxLayer? Of(Layer layer) => ByLayer.GetValueOrDefault(layer.GetType());

    /// <summary>How an operator is read, or null if it is not a layer on its own.</summary>
    public static OnnxOperator? Of(string operatorType) => ByOperator.GetValueOrDefault(operatorType);

    /// <summary>How an operator of several computed values is read, or null if no layer corresponds to it.</summary>
    public static OnnxMerge? MergeOf(string operatorType) => ByMerge.GetValueOrDefault(operatorType);
}
