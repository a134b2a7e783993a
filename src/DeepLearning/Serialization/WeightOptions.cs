namespace DeepLearning;

/// <summary>How weights from other libraries are matched with a model's parameters.</summary>
public sealed record WeightOptions
{
    /// <summary>
    /// The tensor for a parameter, by the parameter's name: <c>["dense.kernel"] = "fc1.weight"</c>. The layer's other parameters come from the same place,
    /// <c>fc1.bias</c>, or need an entry too. The layers without an entry get the tensors of the same name if the file has all of these layers; some of them
    /// are not enough. Otherwise layers are matched by their shapes, and those of equal shapes in the order of their numbers, if these form one series of the
    /// same length: 0, 2, 10; fc1, fc2; dense_1, dense_2. If the match is ambiguous, nothing is loaded.
    /// </summary>
    public IReadOnlyDictionary<string, string> Names { get; init => field = value ?? throw new ArgumentNullException(nameof(Names)); }
        = new Dictionary<string, string>();

    /// <summary>
    /// Whether matrices are transposed. By default those named <c>weight</c> (also <c>fc1_weight</c>, <c>fc1/weight</c>) with a <c>bias</c>
    /// beside them are: PyTorch's Linear keeps [outputs, inputs], this library and Keras [inputs, outputs]; so does GPT-2's Conv1D, whose files need
    /// false. A <c>weight</c> without such a vector is taken as the shape says, since an embedding keeps [inputs, outputs] too; a square one is refused.
    /// A parameter that the layer itself calls <c>weight</c> is not transposed.
    /// </summary>
    public bool? Transpose { get; init; }

    /// <summary>Whether tensors that have no place in the model are ignored; false by default: they are errors.</summary>
    public bool AllowUnused { get; init; }
}
