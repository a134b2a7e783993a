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
    }

    /// <summary>The shape of one sample, without the batch.</summary>
    public Shape InputShape { get; }

    /// <summary>The shape of one prediction, without the batch.</summary>
    public Shape OutputShape => slots[^1].Output;

    /// <summary>The layers in order.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>All parameters, named by layer: <c>dense.kernel</c>, <c>dense.bias</c>, <c>dense_1.kernel</c>, …</summary>
    public ParameterSet Parameters { get; }

    /// <summary>What the model was built with.</summary>
    public ulong Seed { get; }

    internal ReadOnlySpan<LayerSlot> Slots => slots;

    /// <summary>Begins a model: the shape of one sample, without the batch.</summary>
    /// <param name="shape">For example 4 for four features, or 28, 28 for an image.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is below 1.</exception>
    public static SequentialBuilder Input(params ReadOnlySpan<int> shape)
    {
        foreach (int dimension in shape) ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1, nameof(shape));
        return new SequentialBuilder(new Shape(shape));
    }

    /// <summary>Computes the model's output, for loops of one's own.</summary>
    /// <param name="x">[batch, …input].</param>
    /// <param name="tape">Records the computation, so that gradients can be taken; none by default.</param>
    /// <param name="training">Whether layers such as dropout behave as in training; by default, if there is a tape.</param>
    /// <returns>[batch, …output].</returns>
    /// <exception cref="ShapeMismatchException">x is not [batch, …input].</exception>
    public Tensor Forward(Tensor x, Tape? tape = null, bool? training = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        bool trains = training ?? tape is not null;
        return Forward(x, tape, trains, trains ? (ulong)Interlocked.Increment(ref forwardPasses) : 0, slots.Length);
    }

    /// <summary>A table of the layers with what each makes and how many parameters it has.</summary>
    public string Summary() => SequentialSummary.Table(this);

    /// <summary>As the code that builds it reads, with the number of parameters.</summary>
    public override string ToString() => SequentialSummary.Line(this);

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

    /// <summary>Checks the shape of a batch: [batch, …input].</summary>
    internal void RequireInput(Shape batch)
    {
        if (batch.Rank == 0 || !batch.Dimensions[1..].SequenceEqual(InputShape))
            throw new ShapeMismatchException($"{slots[0]} expects {InputShape.WithBatch()}, got {batch}.");
    }
}
