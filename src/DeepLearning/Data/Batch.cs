namespace DeepLearning;

/// <summary>What one step works on: some rows of a <see cref="Dataset"/>.</summary>
public sealed class Batch
{
    /// <summary>A batch over tensors with the same number of rows; nothing is copied.</summary>
    /// <param name="inputs">[batch, …]: values, or indices for a layer that looks them up.</param>
    /// <param name="targets">[batch, …], or labels [batch].</param>
    /// <param name="sampleWeights">[batch]; null weighs all the same.</param>
    /// <exception cref="ArgumentNullException">No inputs or no targets.</exception>
    /// <exception cref="ShapeMismatchException">The row counts differ.</exception>
    public Batch(Tensor inputs, Tensor targets, Tensor? sampleWeights = null)
    {
        RowCounts.RequireEqual(inputs, targets, sampleWeights);
        Inputs = inputs;
        Targets = targets;
        SampleWeights = sampleWeights;
    }

    /// <summary>A batch with a class label a row, as its targets [batch].</summary>
    /// <param name="inputs">[batch, …].</param>
    /// <param name="targets">As many labels, each at most 2²⁴ in size, so that a float32 holds it exactly.</param>
    /// <param name="sampleWeights">[batch]; null weighs all the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">A label is beyond ±2²⁴.</exception>
    /// <inheritdoc cref="Batch(Tensor, Tensor, Tensor?)"/>
    public Batch(Tensor inputs, int[] targets, Tensor? sampleWeights = null)
        : this(inputs, Dataset.LabelTensor(targets ?? throw new ArgumentNullException(nameof(targets))), sampleWeights)
        => ClassLabels = ClassLabels.Unnamed;

    /// <summary>[batch, …].</summary>
    public Tensor Inputs { get; }

    /// <summary>[batch, …], or labels [batch].</summary>
    public Tensor Targets { get; }

    /// <summary>[batch]; null weighs all the same.</summary>
    public Tensor? SampleWeights { get; }

    /// <summary>Not null where the targets are class labels of a data set.</summary>
    internal ClassLabels? ClassLabels { get; init; }

    /// <summary>The name of each class, by label; empty where none were given.</summary>
    internal IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>Number of rows.</summary>
    public int Count => Inputs.Shape[0];

    /// <summary>For <c>foreach ((Tensor inputs, Tensor targets) in data.Batches(32))</c>.</summary>
    /// <param name="inputs">[batch, …].</param>
    /// <param name="targets">[batch, …], or labels [batch].</param>
    public void Deconstruct(out Tensor inputs, out Tensor targets) => (inputs, targets) = (Inputs, Targets);

    /// <summary>The shapes.</summary>
    public override string ToString() => $"Batch: inputs {Inputs.Shape}, targets {Targets.Shape}";
}
