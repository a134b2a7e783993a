namespace DeepLearning;

/// <summary>
/// A graph of layers: each takes inputs of the model or outputs of other layers. Its structure is fixed when it is built: every shape is known and checked
/// before any data arrives. <c>Predict</c> is thread-safe. <see cref="Sequential"/> is a model with one input and one output.
/// </summary>
/// <example>
/// <code>
/// Node pixels = Model.Input(28, 28), age = Model.Input(1);
/// Node h = pixels.Flatten().Dense(64).Relu();
/// Node y = Node.Concatenate(h, age.Dense(8).Relu()).Dense(10).Softmax();
/// Model model = Model.Of([pixels, age], [y]).Build(seed: 42);
/// </code>
/// </example>
public abstract partial class Model
{
    private readonly int[] logits;
    private LayerCall[]? calls;
    private long forwardPasses = -1;

    private protected Model(ModelGraph graph, ModelValues values, ulong seed)
    {
        (Graph, Values, Seed) = (graph, values, seed);
        Layers = Array.ConvertAll(graph.Slots, s => s.Layer);
        LayerNames = Array.ConvertAll(graph.Slots, s => s.Name);
        logits = Array.ConvertAll(graph.OutputValues, v => graph.MakerOf(v) is { Layer: Activation { TakesLogits: true } } last ? last.Sources[0] : v);
    }

    /// <summary>The inputs, in the order in which data is passed.</summary>
    public IReadOnlyList<ModelInput> Inputs => Graph.Inputs;

    /// <summary>The outputs, in the order in which predictions are returned.</summary>
    public IReadOnlyList<ModelOutput> Outputs => Graph.Outputs;

    /// <summary>The shape of one sample, without the batch.</summary>
    /// <exception cref="InvalidOperationException">The model has several inputs: see <see cref="Inputs"/>.</exception>
    public Shape InputShape => Graph.Inputs is [var only] ? only.Shape : throw Several("inputs", Graph.Inputs.Select(i => i.Name), nameof(Inputs));

    /// <summary>The shape of one prediction, without the batch.</summary>
    /// <exception cref="InvalidOperationException">The model has several outputs: see <see cref="Outputs"/>.</exception>
    public Shape OutputShape => Graph.Outputs is [var only] ? only.Shape : throw Several("outputs", Graph.Outputs.Select(o => o.Name), nameof(Outputs));

    /// <summary>The layers, in topological order. A shared layer appears once for each of its calls.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>
    /// The names of the layers, in order; the names of their parameters begin with them: <c>dense</c>, <c>dropout</c>, <c>dense_1</c>, …; the second call of a
    /// shared layer is <c>dense#2</c>.
    /// </summary>
    public IReadOnlyList<string> LayerNames { get; }

    /// <summary>The calls of the layers, in order, with their inputs and outputs: the structure of the model, for writers of other formats.</summary>
    public IReadOnlyList<LayerCall> Calls => calls ??= Array.ConvertAll(Graph.Slots, s => new LayerCall(Graph, s));

    /// <summary>All parameters, named by layer: <c>dense.kernel</c>, <c>dense.bias</c>, <c>dense_1.kernel</c>, …</summary>
    public ParameterSet Parameters => Values.Trainable;

    /// <summary>The seed that the model was built with.</summary>
    public ulong Seed { get; }

    /// <summary>The meaning of each value of the output, in order; empty by default. Saved and served with the model.</summary>
    /// <exception cref="ArgumentException">
    /// The number of names is not the number of outputs (two for a single output: the negative and the positive class), or a name is empty, appears twice or is
    /// not valid Unicode.
    /// </exception>
    public IReadOnlyList<string> ClassNames
    {
        get;
        set => field = RequireClassNames(value);
    } = [];

    internal ModelGraph Graph { get; }

    internal ModelValues Values { get; }

    internal ReadOnlySpan<LayerSlot> Slots => Graph.Slots;

    /// <summary>The layer that computes the output; null if there are several outputs.</summary>
    internal Layer? LastLayer => Graph.OutputValues is [var only] ? Graph.MakerOf(only)?.Layer : null;

    /// <summary>Begins a graph with an input, given the shape of one sample without the batch.</summary>
    /// <param name="shape">For example 4 for four features, or 28, 28 for an image.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is below 1.</exception>
    public static Node Input(params ReadOnlySpan<int> shape) => new(SampleShape(shape));

    /// <summary>Begins a graph with an input of indices, such as word numbers, which <see cref="Tensor.FromIndices(ReadOnlySpan{int})"/> creates.</summary>
    /// <param name="shape">The shape of one sample, without the batch: for example 100 for rows of a hundred words.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is below 1.</exception>
    public static Node Indices(params ReadOnlySpan<int> shape) => new(SampleShape(shape), isInteger: true);

    /// <summary>Defines a model with these inputs and outputs; <see cref="ModelBuilder.Build"/> builds it.</summary>
    /// <param name="inputs">Nodes returned by <see cref="Input"/>, in the order in which data will be passed.</param>
    /// <param name="outputs">What the model computes, in the order in which predictions will be returned.</param>
    public static ModelBuilder Of(IReadOnlyList<Node> inputs, IReadOnlyList<Node> outputs) => new(inputs, outputs);

    /// <summary>Defines a model with one input and one output.</summary>
    /// <param name="input">A node returned by <see cref="Input"/>.</param>
    /// <param name="output">What the model computes.</param>
    public static ModelBuilder Of(Node input, Node output) => new([input], [output]);

    /// <summary>Computes the output of a model with one input and one output, for custom loops.</summary>
    /// <param name="x">[batch, …input].</param>
    /// <param name="tape">Records the computation, so that gradients can be taken; none by default.</param>
    /// <param name="training">Whether layers such as dropout behave as in training; by default, true if there is a tape.</param>
    /// <returns>[batch, …output].</returns>
    /// <exception cref="ShapeMismatchException">x is not [batch, …input].</exception>
    /// <exception cref="InvalidOperationException">The model has several outputs.</exception>
    public Tensor Forward(Tensor x, Tape? tape = null, bool? training = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Forward([x], tape, training, OnlyOutput(Graph.OutputValues))[0];
    }

    /// <summary>Computes all outputs, for custom loops.</summary>
    /// <param name="inputs">A tensor for each input, [batch, …input], with the same number of rows.</param>
    /// <param name="tape">Records the computation, so that gradients can be taken; none by default.</param>
    /// <param name="training">Whether layers such as dropout behave as in training; by default, true if there is a tape.</param>
    /// <returns>A tensor for each output, [batch, …output].</returns>
    /// <exception cref="ArgumentException">The number of inputs is wrong.</exception>
    /// <exception cref="ShapeMismatchException">An input has the wrong shape, or the inputs have different numbers of rows.</exception>
    public IReadOnlyList<Tensor> Forward(IReadOnlyList<Tensor> inputs, Tape? tape = null, bool? training = null)
        => Forward(inputs, tape, training, Graph.OutputValues);

    /// <summary>
    /// Computes the logits: the input of a last Softmax, LogSoftmax or Sigmoid; for any other last layer, the output itself. A cross-entropy of logits, with
    /// <c>fromLogits: true</c>, is exact, while a probability may have been rounded to 0.
    /// </summary>
    /// <param name="x">[batch, …input].</param>
    /// <param name="tape">Records the computation, so that gradients can be taken; none by default.</param>
    /// <param name="training">Whether layers such as dropout behave as in training; by default, true if there is a tape.</param>
    /// <returns>[batch, …output].</returns>
    /// <exception cref="ShapeMismatchException">x is not [batch, …input].</exception>
    /// <exception cref="InvalidOperationException">The model has several outputs.</exception>
    public Tensor Logits(Tensor x, Tape? tape = null, bool? training = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        int[] values = OnlyOutput(logits);
        if (LastLayer is { OutputMeaning: OutputMeaning.Probabilities or OutputMeaning.LogProbabilities or OutputMeaning.IndependentProbabilities } last
            && values[0] == Graph.OutputValues[0])
            throw new InvalidOperationException($"The input of {last} is not known to be logits: it computes {last.OutputMeaning} in its own way. Use Forward.");
        return Forward([x], tape, training, values)[0];
    }

    /// <summary>A table of the layers with the output shape and the parameter count of each.</summary>
    public string Summary() => ModelSummary.Table(this);

    /// <summary>The graph as a Mermaid flowchart, which GitHub, GitLab and many editors draw.</summary>
    public string ToMermaid() => ModelDiagram.Of(this);

    /// <summary>The code that builds the model, with the number of parameters.</summary>
    public override string ToString() => ModelSummary.Line(this);

    /// <summary>The shape of one sample, as given by a user.</summary>
    private protected static Shape SampleShape(ReadOnlySpan<int> shape)
    {
        foreach (int dimension in shape)
        {
            if (dimension >= 1) continue;
            throw new ArgumentOutOfRangeException(nameof(shape), dimension,
                $"Input takes the dimensions of one sample, each ≥ 1 and without the batch's, got {Shape.Format(shape)}.");
        }

        return new Shape(shape);
    }

    private Tensor[] Forward(IReadOnlyList<Tensor> inputs, Tape? tape, bool? training, int[] outputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        RequireInputCount(inputs.Count);
        bool trains = training ?? tape is not null;
        var pass = new ForwardPass(Graph);
        for (int i = 0; i < inputs.Count; i++) pass[i] = inputs[i];
        RequireInputs(pass);
        pass.Run(Graph.PlanFor(outputs), tape, trains, Seed, trains ? (ulong)Interlocked.Increment(ref forwardPasses) : 0);
        return Array.ConvertAll(outputs, v => pass[v]);
    }

    private string[] RequireClassNames(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count == 0) return [];
        if (Outputs.Count > 1) throw new ArgumentException($"Class names are of a single output, but the model has {Outputs.Count}.", nameof(names));
        int outputs = OutputShape.Size, expected = outputs == 1 ? 2 : outputs;
        if (names.Count != expected) throw new ArgumentException($"An output of {outputs} values has {expected} class names, got {names.Count}.", nameof(names));
        if (names.Any(string.IsNullOrEmpty) || names.Distinct().Count() != names.Count)
            throw new ArgumentException("Class names must not be empty, and none may appear twice.", nameof(names));
        foreach (string name in names) UnicodeText.Require(name, "The class name", nameof(names));
        if (Encoding?.ClassNames is { Count: > 0 } encoded) ClassLabels.RequireAgreement(encoded, "the encoding", names, "the model");
        return [.. names];
    }

    private int[] OnlyOutput(int[] values) => values.Length == 1 ? values : throw Several("outputs", Graph.Outputs.Select(o => o.Name), nameof(Outputs));

    private InvalidOperationException Several(string what, IEnumerable<string> names, string property)
        => new($"The model has the {what} {string.Join(", ", names)}: see {nameof(Model)}.{property}.");
}
