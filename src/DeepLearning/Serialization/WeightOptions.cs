namespace DeepLearning;

/// <summary>How weights from elsewhere find their places in a model.</summary>
public sealed record WeightOptions
{
    /// <summary>
    /// The tensor for a parameter, by the parameter's name: <c>["dense.kernel"] = "fc1.weight"</c>. What else that layer has comes from the same place,
    /// <c>fc1.bias</c>, or needs an entry too. The layers without an entry get the tensors of their own names where the file has all of these layers; a part
    /// of them fixes nothing. Otherwise layers are matched by their shapes, and those of the same shapes in the order of their numbers, where these count one
    /// row of as many: 0, 2, 10; fc1, fc2; dense_1, dense_2. Where that does not decide, nothing is loaded.
    /// </summary>
    public IReadOnlyDictionary<string, string> Names { get; init => field = value ?? throw new ArgumentNullException(nameof(Names)); }
        = new Dictionary<string, string>();

    /// <summary>
    /// Whether matrices are transposed. By default those named <c>weight</c> (also <c>fc1_weight</c>, <c>fc1/weight</c>) with a <c>bias</c>
    /// beside them are: PyTorch's Linear keeps [outputs, inputs], this library and Keras [inputs, outputs]; so does GPT-2's Conv1D, whose files need
    /// false. A <c>weight</c> without such a vector is taken as the shape says, since an embedding keeps [inputs, outputs] too; a square one is refused.
    /// What the layer itself calls <c>weight</c> is taken as it is.
    /// </summary>
    public bool? Transpose { get; init; }

    /// <summary>Whether tensors that have no place in the model are left out; false by default, and they are errors.</summary>
    public bool AllowUnused { get; init; }
}
