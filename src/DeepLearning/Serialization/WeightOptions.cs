namespace DeepLearning;

/// <summary>How weights from elsewhere find their places in a model.</summary>
public sealed record WeightOptions
{
    /// <summary>
    /// The tensor for a parameter, by the parameter's name: <c>["dense.kernel"] = "fc1.weight"</c>. Parameters without an entry get the tensor of their own
    /// name, and where there is none, whole layers are matched: by their shapes where these leave one way only, else by their numbers (0, 2, 10; fc1, fc2).
    /// </summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Whether matrices are transposed. By default just those whose name ends with <c>weight</c>: PyTorch's Linear keeps [outputs, inputs], this library and
    /// Keras [inputs, outputs].
    /// </summary>
    public bool? Transpose { get; init; }

    /// <summary>Whether tensors that have no place in the model are left out; false by default, and they are errors.</summary>
    public bool AllowUnused { get; init; }
}
