namespace DeepLearning;

/// <summary>
/// Layers one after another, with branches created by <c>Residual</c> and <c>Parallel</c>: a model with one input and one output.
/// </summary>
/// <example>
/// <code>
/// Sequential model = Sequential.Input(4)
///     .Dense(16).Relu()
///     .Dense(3).Softmax()
///     .Build(seed: 42);
/// </code>
/// </example>
public sealed partial class Sequential : Model
{
    internal Sequential(ModelAssembly assembly, ulong seed) : this(assembly.Make(seed), seed) { }

    internal Sequential(ModelGraph graph, ModelValues values, ulong seed) : base(graph, values, seed) { }

    private Sequential((ModelGraph Graph, ModelValues Values) made, ulong seed) : this(made.Graph, made.Values, seed) { }

    /// <summary>Begins a model, given the shape of one sample without the batch.</summary>
    /// <param name="shape">For example 4 for four features, or 28, 28 for an image.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is below 1.</exception>
    public static new SequentialBuilder Input(params ReadOnlySpan<int> shape) => new(Model.Input(shape));

    /// <summary>Begins a model that takes indices, such as word numbers, which <see cref="Tensor.FromIndices(ReadOnlySpan{int})"/> creates.</summary>
    /// <param name="shape">The shape of one sample, without the batch: for example 100 for rows of a hundred words.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is below 1.</exception>
    public static new SequentialBuilder Indices(params ReadOnlySpan<int> shape) => new(Model.Indices(shape));

    /// <inheritdoc/>
    public override Sequential Clone() => (Sequential)Snapshot();
}
