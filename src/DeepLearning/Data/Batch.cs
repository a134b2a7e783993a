using System.Runtime.CompilerServices;

namespace DeepLearning;

/// <summary>What one step works on: some rows of a <see cref="Dataset"/>.</summary>
public sealed class Batch
{
    private readonly Tensor[] inputs, targets;

    /// <summary>A batch over tensors with the same number of rows; nothing is copied.</summary>
    /// <param name="inputs">[batch, …]: values, or indices for a layer that looks them up.</param>
    /// <param name="targets">[batch, …], or labels [batch].</param>
    /// <param name="sampleWeights">[batch]; null gives all rows equal weight.</param>
    /// <exception cref="ArgumentNullException">No inputs or no targets.</exception>
    /// <exception cref="ShapeMismatchException">The row counts differ.</exception>
    public Batch(Tensor inputs, Tensor targets, Tensor? sampleWeights = null) : this([inputs], [targets], sampleWeights) { }

    /// <summary>A batch with one class label per row, as its targets [batch].</summary>
    /// <param name="inputs">[batch, …].</param>
    /// <param name="targets">As many labels, each at most 2²⁴ in size, so that a float32 holds it exactly.</param>
    /// <param name="sampleWeights">[batch]; null gives all rows equal weight.</param>
    /// <exception cref="ArgumentOutOfRangeException">A label is beyond ±2²⁴.</exception>
    /// <inheritdoc cref="Batch(Tensor, Tensor, Tensor?)"/>
    public Batch(Tensor inputs, int[] targets, Tensor? sampleWeights = null)
        : this([inputs], [Dataset.LabelTensor(targets ?? throw new ArgumentNullException(nameof(targets)))], sampleWeights)
        => ClassLabels = ClassLabels.Unnamed;

    /// <summary>A batch of several inputs or targets: <c>new Batch([pixels, age], [digit, even])</c>. Nothing is copied.</summary>
    /// <param name="inputs">[batch, …] each, in the order of the model's inputs.</param>
    /// <param name="targets">[batch, …] each, or labels [batch], in the order of the model's outputs.</param>
    /// <param name="sampleWeights">[batch], for all targets; null gives all rows equal weight.</param>
    /// <exception cref="ArgumentException">A list is empty.</exception>
    /// <inheritdoc cref="Batch(Tensor, Tensor, Tensor?)"/>
    [OverloadResolutionPriority(-1)] // So that [0, 1] are labels, although numbers convert to tensors.
    public Batch(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> targets, Tensor? sampleWeights = null)
        : this(RowCounts.Listed(inputs, nameof(inputs)), RowCounts.Listed(targets, nameof(targets)), sampleWeights) { }

    /// <summary>A batch of several inputs and one target.</summary>
    /// <param name="inputs">[batch, …] each, in the order of the model's inputs.</param>
    /// <param name="targets">[batch, …], or labels [batch].</param>
    /// <param name="sampleWeights">[batch]; null gives all rows equal weight.</param>
    /// <inheritdoc cref="Batch(IReadOnlyList{Tensor}, IReadOnlyList{Tensor}, Tensor?)"/>
    [OverloadResolutionPriority(-1)]
    public Batch(IReadOnlyList<Tensor> inputs, Tensor targets, Tensor? sampleWeights = null)
        : this(RowCounts.Listed(inputs, nameof(inputs)), [targets], sampleWeights) { }

    /// <summary>A batch of several inputs with one class label per row, as its targets [batch].</summary>
    /// <param name="inputs">[batch, …] each, in the order of the model's inputs.</param>
    /// <param name="targets">As many labels, each at most 2²⁴ in size, so that a float32 holds it exactly.</param>
    /// <param name="sampleWeights">[batch]; null gives all rows equal weight.</param>
    /// <exception cref="ArgumentOutOfRangeException">A label is beyond ±2²⁴.</exception>
    /// <inheritdoc cref="Batch(IReadOnlyList{Tensor}, IReadOnlyList{Tensor}, Tensor?)"/>
    public Batch(IReadOnlyList<Tensor> inputs, int[] targets, Tensor? sampleWeights = null)
        : this(RowCounts.Listed(inputs, nameof(inputs)), [Dataset.LabelTensor(targets ?? throw new ArgumentNullException(nameof(targets)))], sampleWeights)
        => ClassLabels = ClassLabels.Unnamed;

    /// <summary>A batch of one input and several targets.</summary>
    /// <param name="inputs">[batch, …].</param>
    /// <param name="targets">[batch, …] each, or labels [batch], in the order of the model's outputs.</param>
    /// <param name="sampleWeights">[batch], of all targets; null gives all rows equal weight.</param>
    /// <inheritdoc cref="Batch(IReadOnlyList{Tensor}, IReadOnlyList{Tensor}, Tensor?)"/>
    [OverloadResolutionPriority(-1)]
    public Batch(Tensor inputs, IReadOnlyList<Tensor> targets, Tensor? sampleWeights = null)
        : this([inputs], RowCounts.Listed(targets, nameof(targets)), sampleWeights) { }

    /// <summary>A batch over these arrays.</summary>
    private Batch(Tensor[] inputs, Tensor[] targets, Tensor? sampleWeights)
    {
        RowCounts.RequireEqual(inputs, targets, sampleWeights);
        (this.inputs, this.targets, SampleWeights) = (inputs, targets, sampleWeights);
    }

    /// <summary>[batch, …].</summary>
    /// <exception cref="InvalidOperationException">There are several: take them from <see cref="InputTensors"/>.</exception>
    public Tensor Inputs => SeveralTensors.Only(inputs, "batch", nameof(InputTensors));

    /// <summary>[batch, …], or labels [batch].</summary>
    /// <exception cref="InvalidOperationException">There are several: take them from <see cref="TargetTensors"/>.</exception>
    public Tensor Targets => SeveralTensors.Only(targets, "batch", nameof(TargetTensors));

    /// <summary>[batch, …] for each input of the model, in its order; usually one.</summary>
    public IReadOnlyList<Tensor> InputTensors => inputs;

    /// <summary>[batch, …] for each output of the model, in its order; usually one.</summary>
    public IReadOnlyList<Tensor> TargetTensors => targets;

    /// <summary>[batch]; null gives all rows equal weight.</summary>
    public Tensor? SampleWeights { get; }

    /// <summary>Not null if the targets are class labels of a data set.</summary>
    internal ClassLabels? ClassLabels { get; init; }

    /// <summary>The name of each class, by label; empty if none were given.</summary>
    internal IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>Number of rows.</summary>
    public int Count => inputs[0].Shape.Dimensions[0];

    /// <summary>For <c>foreach ((Tensor inputs, Tensor targets) in data.Batches(32))</c>.</summary>
    /// <param name="inputs">[batch, …].</param>
    /// <param name="targets">[batch, …], or labels [batch].</param>
    /// <exception cref="InvalidOperationException">There are several inputs or targets.</exception>
    public void Deconstruct(out Tensor inputs, out Tensor targets) => (inputs, targets) = (Inputs, Targets);

    /// <summary>A copy, in the memory of another batch if that has the same shapes.</summary>
    internal Batch Copy(Batch? into)
    {
        if (into is null || !IsLike(into))
        {
            return new Batch(Array.ConvertAll(inputs, t => t.Clone()), Array.ConvertAll(targets, t => t.Clone()), SampleWeights?.Clone())
            {
                ClassLabels = ClassLabels,
                ClassNames = ClassNames,
            };
        }

        for (int i = 0; i < inputs.Length; i++) into.inputs[i].CopyFrom(inputs[i]);
        for (int i = 0; i < targets.Length; i++) into.targets[i].CopyFrom(targets[i]);
        into.SampleWeights?.CopyFrom(SampleWeights!);
        return into;
    }

    /// <summary>The shapes.</summary>
    public override string ToString() => $"Batch: inputs {SeveralTensors.ShapesOf(inputs)}, targets {SeveralTensors.ShapesOf(targets)}";

    private bool IsLike(Batch other)
        => ReferenceEquals(ClassLabels, other.ClassLabels) && ReferenceEquals(ClassNames, other.ClassNames) && SampleWeights is null == other.SampleWeights is null
            && AreLike(inputs, other.inputs) && AreLike(targets, other.targets);

    private static bool AreLike(Tensor[] tensors, Tensor[] others)
    {
        if (tensors.Length != others.Length) return false;
        for (int i = 0; i < tensors.Length; i++)
            if (tensors[i].Shape != others[i].Shape || tensors[i].IsInteger != others[i].IsInteger) return false;
        return true;
    }
}
