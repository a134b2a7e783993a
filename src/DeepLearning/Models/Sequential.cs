namespace DeepLearning;

/// <summary>
/// Layers one after another. Made by a builder, its structure is fixed: every shape is known and checked before any data comes.
/// <c>Predict</c> may be called from any number of threads.
/// </summary>
/// <example>
/// <code>
/// Sequential model = Sequential.Input(4)
///     .Dense(16).Relu()
///     .Dense(3).Softmax()
///     .Build(seed: 42);
/// </code>
/// </example>
public sealed partial class Sequential
{
    private readonly LayerSlot[] slots;
    private long forwardPasses = -1;

    internal Sequential(Shape input, IReadOnlyList<Layer> layers, ulong seed)
    {
        InputShape = input;
        Seed = seed;
        (slots, Parameters) = SequentialAssembly.Assemble(input, layers, seed);
        Layers = [.. layers];
        LayerNames = Array.ConvertAll(slots, slot => slot.Name);
    }

    /// <summary>The shape of one sample, without the batch.</summary>
    public Shape InputShape { get; }

    /// <summary>The shape of one prediction, without the batch.</summary>
    public Shape OutputShape => slots[^1].Output;

    /// <summary>The layers in order.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>The names of the layers, in order, with which the names of their parameters begin: <c>dense</c>, <c>dropout</c>, <c>dense_1</c>, …</summary>
    public IReadOnlyList<string> LayerNames { get; }

    /// <summary>All parameters, named by layer: <c>dense.kernel</c>, <c>dense.bias</c>, <c>dense_1.kernel</c>, …</summary>
    public ParameterSet Parameters { get; }

    /// <summary>What the model was built with.</summary>
    public ulong Seed { get; }

    /// <summary>What the outputs stand for, in order; empty by default. Saved and served with the model.</summary>
    /// <exception cref="ArgumentException">
    /// Not as many names as outputs (two for a single output: the negative and the positive class), or a name that is empty, appears twice or is not valid
    /// Unicode.
    /// </exception>
    public IReadOnlyList<string> ClassNames
    {
        get;
        set => field = RequireClassNames(value);
    } = [];

    internal ReadOnlySpan<LayerSlot> Slots => slots;

    /// <summary>Begins a model: the shape of one sample, without the batch.</summary>
    /// <param name="shape">For example 4 for four features, or 28, 28 for an image.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is below 1.</exception>
    public static SequentialBuilder Input(params ReadOnlySpan<int> shape)
    {
        foreach (int dimension in shape)
        {
            if (dimension >= 1) continue;
            throw new ArgumentOutOfRangeException(nameof(shape), dimension,
                $"Input takes the dimensions of one sample, each ≥ 1 and without the batch's, got {Shape.Format(shape)}.");
        }

        return new SequentialBuilder(new Shape(shape));
    }

    /// <summary>Computes the model's output, for custom loops.</summary>
    /// <param name="x">[batch, …input].</param>
    /// <param name="tape">Records the computation, so that gradients can be taken; none by default.</param>
    /// <param name="training">Whether layers such as dropout behave as in training; by default, if there is a tape.</param>
    /// <returns>[batch, …output].</returns>
    /// <exception cref="ShapeMismatchException">x is not [batch, …input].</exception>
    public Tensor Forward(Tensor x, Tape? tape = null, bool? training = null) => Forward(x, tape, training, slots.Length);

    /// <summary>
    /// Computes what a last Softmax, LogSoftmax or Sigmoid gets; of a model that ends otherwise, its output. A cross-entropy of it with
    /// <c>fromLogits: true</c> is exact, where a probability may have been rounded to 0.
    /// </summary>
    /// <param name="x">[batch, …input].</param>
    /// <param name="tape">Records the computation, so that gradients can be taken; none by default.</param>
    /// <param name="training">Whether layers such as dropout behave as in training; by default, if there is a tape.</param>
    /// <returns>[batch, …output].</returns>
    /// <exception cref="ShapeMismatchException">x is not [batch, …input].</exception>
    public Tensor Logits(Tensor x, Tape? tape = null, bool? training = null)
        => Forward(x, tape, training, slots[^1].Layer is Activation { TakesLogits: true } ? slots.Length - 1 : slots.Length);

    /// <summary>A table of the layers with what each makes and how many parameters it has.</summary>
    public string Summary() => SequentialSummary.Table(this);

    /// <summary>As the code that builds it reads, with the number of parameters.</summary>
    public override string ToString() => SequentialSummary.Line(this);

    private Tensor Forward(Tensor x, Tape? tape, bool? training, int layerCount)
    {
        ArgumentNullException.ThrowIfNull(x);
        bool trains = training ?? tape is not null;
        return Forward(x, tape, trains, trains ? (ulong)Interlocked.Increment(ref forwardPasses) : 0, layerCount);
    }

    /// <summary>Computes the output of the first <paramref name="layerCount"/> layers.</summary>
    /// <param name="x">[batch, …input].</param>
    /// <param name="tape">The tape that watches the parameters, or null.</param>
    /// <param name="training">Whether this is training.</param>
    /// <param name="step">The time that random layers see.</param>
    /// <param name="layerCount">How many layers.</param>
    internal Tensor Forward(Tensor x, Tape? tape, bool training, ulong step, int layerCount)
    {
        RequireInput(x.Shape);
        for (int i = 0; i < layerCount; i++)
        {
            LayerSlot slot = slots[i];
            var random = new RandomStream(Seed, RandomStreams.OfLayer(slot.Number), step);
            int rows = x.Shape.Dimensions[0];
            x = slot.Layer.Forward(x, new LayerContext(slot.Parameters, tape, training, random));
            slot.RequireOutput(x.Shape, rows);
        }

        return x;
    }

    private string[] RequireClassNames(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        int outputs = OutputShape.Size, expected = outputs == 1 ? 2 : outputs;
        if (names.Count > 0 && names.Count != expected)
            throw new ArgumentException($"An output of {outputs} values has {expected} class names, got {names.Count}.", nameof(names));
        if (names.Any(string.IsNullOrEmpty) || names.Distinct().Count() != names.Count)
            throw new ArgumentException("Class names are not empty, and none appears twice.", nameof(names));
        foreach (string name in names) UnicodeText.Require(name, "The class name", nameof(names));
        return [.. names];
    }

    /// <summary>Checks the shape of a batch: [batch, …input].</summary>
    internal void RequireInput(Shape batch)
    {
        if (batch.Rank == 0 || !batch.Dimensions[1..].SequenceEqual(InputShape))
            throw new ShapeMismatchException($"{slots[0]} expects {InputShape.WithBatch()}, got {batch}.{HowToBatch(batch)}");
    }

    /// <summary>What to write where it is the batch's dimension that is missing.</summary>
    private string HowToBatch(Shape got)
    {
        if (got == InputShape && got.Rank > 0) return $" A batch of this one sample is {Reshaped($"1, {string.Join(", ", got)}")}; Predict takes the sample as it is.";
        if (got.Rank == 0 && InputShape.Rank == 1 && InputShape[0] == 1) return " A sample of one number is Tensor.From(x), of shape [1].";
        return got.Rank == 1 && InputShape.Rank == 1 && InputShape[0] == 1 ? $" For one number a sample write {Reshaped("-1, 1")}." : "";
    }

    private static string Reshaped(string dimensions) => $"Tensor.From(x).Reshape({dimensions}), or x.Reshape({dimensions}) of a Tensor";
}
