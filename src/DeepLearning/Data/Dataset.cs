using System.Diagnostics;
using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;

namespace DeepLearning;

/// <summary>
/// Samples to learn from: inputs [n, …] and targets [n, …] that belong together row by row, and optionally a weight per row. A model of several
/// inputs or outputs takes several of them: <see cref="InputTensors"/> and <see cref="TargetTensors"/>.
/// The tensors given to a constructor are kept, not copied; arrays and matrices are copied.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed partial class Dataset : BatchSource
{
    private readonly Tensor[] inputs, targets;
    private readonly IReadOnlyList<string> classNames = [], featureNames = [];

    /// <summary>Inputs and targets of any shape; every row has the same weight.</summary>
    /// <param name="inputs">[n, …], n ≥ 1: a tensor, or an array of numbers.</param>
    /// <param name="targets">[n, …]: values [n, outputs], one-hot rows [n, classes] or labels [n].</param>
    /// <inheritdoc cref="Dataset(Tensor, Tensor, Tensor?)"/>
    public Dataset(Tensor inputs, Tensor targets) : this(inputs, targets, null) { }

    /// <summary>Inputs, targets and weights, of any shape.</summary>
    /// <param name="inputs">[n, …], n ≥ 1: values, or indices for a layer that looks them up.</param>
    /// <param name="targets">[n, …]: values [n, outputs], one-hot rows [n, classes] or labels [n].</param>
    /// <param name="sampleWeights">[n], none negative, not all 0; null gives all rows equal weight.</param>
    /// <exception cref="ArgumentNullException">No inputs or no targets.</exception>
    /// <exception cref="ShapeMismatchException">The row counts differ.</exception>
    /// <exception cref="ArgumentException">There are no rows, or weights are negative, not finite or all 0.</exception>
    public Dataset(Tensor inputs, Tensor targets, Tensor? sampleWeights) : this([inputs], [targets], sampleWeights) { }

    /// <summary>Inputs with a class label each; the labels become targets [n].</summary>
    /// <param name="inputs">[n, …], n ≥ 1.</param>
    /// <param name="labels">n labels, each at most 2²⁴ in size, so that a float32 holds it exactly.</param>
    /// <exception cref="ArgumentOutOfRangeException">A label is beyond ±2²⁴.</exception>
    /// <inheritdoc cref="Dataset(Tensor, Tensor, Tensor?)"/>
    public Dataset(Tensor inputs, ReadOnlySpan<int> labels) : this(inputs, labels, null) { }

    /// <summary>Inputs with a class label each; the labels become targets [n].</summary>
    /// <param name="inputs">[n, …], n ≥ 1: a tensor, or an array of numbers.</param>
    /// <param name="labels">n labels, each at most 2²⁴ in size, so that a float32 holds it exactly.</param>
    /// <inheritdoc cref="Dataset(Tensor, ReadOnlySpan{int})"/>
    [OverloadResolutionPriority(1)] // So that [0, 1] are labels, although they could be values too.
    public Dataset(Tensor inputs, int[] labels) : this(inputs, (labels ?? throw new ArgumentNullException(nameof(labels))).AsSpan(), null) { }

    /// <summary>Inputs with one value to predict each; the targets become [n, 1].</summary>
    /// <param name="inputs">[n, …], n ≥ 1: a tensor, or an array of numbers.</param>
    /// <param name="targets">n values.</param>
    /// <inheritdoc cref="Dataset(Tensor, Tensor, Tensor?)"/>
    public Dataset(Tensor inputs, float[] targets) : this(inputs, Column(targets)) { }

    /// <summary>Inputs with one value to predict each; the targets become [n, 1].</summary>
    /// <param name="inputs">[n, …], n ≥ 1: a tensor, or an array of numbers.</param>
    /// <param name="targets">n values.</param>
    /// <inheritdoc cref="Dataset(Tensor, Tensor, Tensor?)"/>
    public Dataset(Tensor inputs, double[] targets) : this(inputs, Column(targets)) { }

    /// <summary>Inputs with a class label and a weight each; the labels become targets [n].</summary>
    /// <param name="inputs">[n, …], n ≥ 1.</param>
    /// <param name="labels">n labels, each at most 2²⁴ in size, so that a float32 holds it exactly.</param>
    /// <param name="sampleWeights">[n], none negative, not all 0; null gives all rows equal weight.</param>
    /// <exception cref="ArgumentOutOfRangeException">A label is beyond ±2²⁴.</exception>
    /// <inheritdoc cref="Dataset(Tensor, Tensor, Tensor?)"/>
    [OverloadResolutionPriority(1)] // So that an int[] are labels, although it converts to a tensor of values too.
    public Dataset(Tensor inputs, ReadOnlySpan<int> labels, Tensor? sampleWeights) : this(inputs, LabelTensor(labels), sampleWeights)
        => ClassLabels = ClassLabels.Unnamed;

    /// <summary>MathNet matrices: rows of features with rows of values to predict.</summary>
    /// <param name="inputs">[n, features].</param>
    /// <param name="targets">[n, outputs].</param>
    /// <inheritdoc cref="Dataset(Tensor, Tensor, Tensor?)"/>
    public Dataset(Matrix<float> inputs, Matrix<float> targets)
        : this(Tensor.From(inputs), Tensor.From(targets)) { }

    /// <summary>A MathNet matrix with one value to predict per row; the targets become [n, 1].</summary>
    /// <param name="inputs">[n, features].</param>
    /// <param name="targets">n values.</param>
    /// <inheritdoc cref="Dataset(Tensor, Tensor, Tensor?)"/>
    public Dataset(Matrix<float> inputs, Vector<float> targets)
        : this(Tensor.From(inputs), Column(targets?.ToArray()!)) { }

    /// <summary>A MathNet matrix with one class label per row.</summary>
    /// <param name="inputs">[n, features].</param>
    /// <param name="labels">n labels.</param>
    /// <inheritdoc cref="Dataset(Tensor, ReadOnlySpan{int})"/>
    public Dataset(Matrix<float> inputs, int[] labels)
        : this(Tensor.From(inputs), (labels ?? throw new ArgumentNullException(nameof(labels))).AsSpan(), null) { }

    /// <summary>Several inputs and targets, for a model of several inputs and outputs: <c>new Dataset([pixels, age], [digit, even])</c>.</summary>
    /// <param name="inputs">[n, …] each, n ≥ 1, in the order of the model's inputs.</param>
    /// <param name="targets">[n, …] each, in the order of the model's outputs: values [n, outputs], one-hot rows [n, classes] or labels [n].</param>
    /// <param name="sampleWeights">[n], none negative, not all 0, for all targets; null gives all rows equal weight.</param>
    /// <exception cref="ArgumentNullException">A list or a tensor is null.</exception>
    /// <exception cref="ArgumentException">A list is empty, there are no rows, or weights are negative, not finite or all 0.</exception>
    /// <inheritdoc cref="Dataset(Tensor, Tensor, Tensor?)"/>
    [OverloadResolutionPriority(-1)] // So that [0, 1] are labels, although numbers convert to tensors.
    public Dataset(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> targets, Tensor? sampleWeights = null)
        : this(RowCounts.Listed(inputs, nameof(inputs)), RowCounts.Listed(targets, nameof(targets)), sampleWeights) { }

    /// <summary>Several inputs with one target: <c>new Dataset([pixels, age], digit)</c>.</summary>
    /// <param name="inputs">[n, …] each, n ≥ 1, in the order of the model's inputs.</param>
    /// <param name="targets">[n, …]: values [n, outputs], one-hot rows [n, classes] or labels [n].</param>
    /// <param name="sampleWeights">[n], none negative, not all 0; null gives all rows equal weight.</param>
    /// <inheritdoc cref="Dataset(IReadOnlyList{Tensor}, IReadOnlyList{Tensor}, Tensor?)"/>
    [OverloadResolutionPriority(-1)]
    public Dataset(IReadOnlyList<Tensor> inputs, Tensor targets, Tensor? sampleWeights = null)
        : this(RowCounts.Listed(inputs, nameof(inputs)), [targets], sampleWeights) { }

    /// <summary>Several inputs with one class label per row: <c>new Dataset([pixels, age], labels)</c>.</summary>
    /// <param name="inputs">[n, …] each, n ≥ 1, in the order of the model's inputs.</param>
    /// <param name="labels">n labels, each at most 2²⁴ in size, so that a float32 holds it exactly.</param>
    /// <param name="sampleWeights">[n], none negative, not all 0; null gives all rows equal weight.</param>
    /// <exception cref="ArgumentOutOfRangeException">A label is beyond ±2²⁴.</exception>
    /// <inheritdoc cref="Dataset(IReadOnlyList{Tensor}, IReadOnlyList{Tensor}, Tensor?)"/>
    public Dataset(IReadOnlyList<Tensor> inputs, int[] labels, Tensor? sampleWeights = null)
        : this(RowCounts.Listed(inputs, nameof(inputs)), [LabelTensor(labels ?? throw new ArgumentNullException(nameof(labels)))], sampleWeights)
        => ClassLabels = ClassLabels.Unnamed;

    /// <summary>One input with several targets: <c>new Dataset(pixels, [digit, even])</c>.</summary>
    /// <param name="inputs">[n, …], n ≥ 1.</param>
    /// <param name="targets">[n, …] each, in the order of the model's outputs: values [n, outputs], one-hot rows [n, classes] or labels [n].</param>
    /// <param name="sampleWeights">[n], none negative, not all 0, for all targets; null gives all rows equal weight.</param>
    /// <inheritdoc cref="Dataset(IReadOnlyList{Tensor}, IReadOnlyList{Tensor}, Tensor?)"/>
    [OverloadResolutionPriority(-1)]
    public Dataset(Tensor inputs, IReadOnlyList<Tensor> targets, Tensor? sampleWeights = null)
        : this([inputs], RowCounts.Listed(targets, nameof(targets)), sampleWeights) { }

    /// <summary>A data set over these arrays.</summary>
    private Dataset(Tensor[] inputs, Tensor[] targets, Tensor? sampleWeights)
    {
        RowCounts.RequireEqual(inputs, targets, sampleWeights);
        if (inputs[0].Shape[0] == 0)
        {
            throw new ArgumentException(
                $"A data set needs at least one row, got none: inputs {SeveralTensors.ShapesOf(inputs)}, targets {SeveralTensors.ShapesOf(targets)}.", nameof(inputs));
        }

        (this.inputs, this.targets, SampleWeights) = (inputs, targets, sampleWeights);
        RequireWeights();
    }

    /// <summary>Some rows of another data set, which was checked when created.</summary>
    private Dataset(Dataset source, Tensor[] inputs, Tensor[] targets, Tensor? sampleWeights)
    {
        (this.inputs, this.targets, SampleWeights) = (inputs, targets, sampleWeights);
        classNames = source.classNames;
        featureNames = source.featureNames;
        ClassLabels = source.ClassLabels;
    }

    /// <summary>[n, …].</summary>
    /// <exception cref="InvalidOperationException">There are several: take them from <see cref="InputTensors"/>.</exception>
    public Tensor Inputs => SeveralTensors.Only(inputs, "data set", nameof(InputTensors));

    /// <summary>[n, …], or labels [n].</summary>
    /// <exception cref="InvalidOperationException">There are several: take them from <see cref="TargetTensors"/>.</exception>
    public Tensor Targets => SeveralTensors.Only(targets, "data set", nameof(TargetTensors));

    /// <summary>[n, …] for each input of the model, in its order; usually one.</summary>
    public IReadOnlyList<Tensor> InputTensors => inputs;

    /// <summary>[n, …], or labels [n], for each output of the model, in its order; usually one.</summary>
    public IReadOnlyList<Tensor> TargetTensors => targets;

    /// <summary>[n]; null gives all rows equal weight.</summary>
    public Tensor? SampleWeights { get; }

    /// <summary>Number of rows, n ≥ 1.</summary>
    public int Count => inputs[0].Shape.Dimensions[0];

    /// <summary>The shape of one input: <see cref="Inputs"/> without its first dimension.</summary>
    /// <exception cref="InvalidOperationException">There are several: take them from <see cref="InputShapes"/>.</exception>
    public Shape InputShape => Inputs.Shape.WithoutFirst();

    /// <summary>The shape of one row of each input.</summary>
    public IReadOnlyList<Shape> InputShapes => SeveralTensors.RowShapes(inputs);

    /// <summary>The shape of one row of each target; scalar for labels [n].</summary>
    public IReadOnlyList<Shape> TargetShapes => SeveralTensors.RowShapes(targets);

    /// <summary>The shape of one target: <see cref="Targets"/> without its first dimension; scalar for labels [n].</summary>
    /// <exception cref="InvalidOperationException">There are several: take them from <see cref="TargetShapes"/>.</exception>
    public Shape TargetShape => Targets.Shape.WithoutFirst();

    /// <summary>
    /// The name of each class, by label; empty if none were given. Targets with one value per row are class labels if there are names or if they were given as
    /// int: regression losses refuse them.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// A label has no name, or rows [n, classes] have another number of columns; or there are several targets, and it is not clear whose classes they are.
    /// </exception>
    public IReadOnlyList<string> ClassNames
    {
        get => classNames;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(ClassNames));
            RequireNamesOfAll(value);
            classNames = value;
            if (value.Count > 0 && TargetShape.Size == 1) ClassLabels = new ClassLabels(value);
        }
    }

    /// <summary>Not null if the targets are class labels.</summary>
    internal ClassLabels? ClassLabels { get; init; }

    /// <summary>The name of each feature, by column; empty if none were given.</summary>
    /// <exception cref="ArgumentException">
    /// Inputs [n, features] have another number of features; or there are several inputs, and it is not clear whose features they are.
    /// </exception>
    public override IReadOnlyList<string> FeatureNames
    {
        get => featureNames;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(FeatureNames));
            if (value.Count > 0 && inputs.Length > 1)
                throw new ArgumentException($"Feature names are of one input, but there are {inputs.Length}, {SeveralTensors.ShapesOf(inputs)}.", nameof(FeatureNames));
            if (value.Count > 0 && Inputs.Rank == 2 && value.Count != InputShape[0])
                throw new ArgumentException($"Inputs {Inputs.Shape} have {InputShape[0]} features, but {value.Count} feature names.", nameof(FeatureNames));
            featureNames = value;
        }
    }

    /// <summary>A copy of the targets as class labels.</summary>
    /// <exception cref="InvalidOperationException">The targets are not whole numbers of shape [n] or [n, 1].</exception>
    public int[] Labels
    {
        get
        {
            if (TargetShape.Size != 1 || Targets.Rank > 2)
                throw new InvalidOperationException($"Labels need targets of shape [{Count}] or [{Count}, 1], got {Targets.Shape}.");
            var labels = new int[Count];
            ReadOnlySpan<float> targets = Targets.AsReadOnlySpan();
            for (int r = 0; r < labels.Length; r++)
            {
                float value = targets[r];
                if (MathF.Floor(value) != value || MathF.Abs(value) > WholeFloats.Largest)
                    throw new InvalidOperationException(FormattableString.Invariant($"Labels are whole numbers, but the target of row {r} is {value}."));
                labels[r] = (int)value;
            }

            return labels;
        }
    }

    /// <summary>
    /// For example <c>Dataset: 60000 rows, inputs [28, 28], targets []</c> or <c>Dataset: 150 rows, 4 features, 3 classes (rose, tulip, violet)</c>;
    /// with the names of the features if they are known.
    /// </summary>
    public override string ToString()
    {
        string x = inputs is [{ Rank: 2 }] ? Counted(InputShape[0], "feature", "features", FeatureNames) : $"inputs {SeveralTensors.RowShapesOf(inputs)}";
        string y = targets.Length > 1 ? $"targets {SeveralTensors.RowShapesOf(targets)}" : ClassNames.Count > 0 ? Counted(ClassNames.Count, "class", "classes", ClassNames) : TargetShape.Rank == 0 ? "1 target a row" : $"targets {TargetShape}";
        return $"Dataset: {Counted(Count, "row", "rows", [])}, {x}, {y}";
    }

    private static string Counted(int count, string one, string many, IReadOnlyList<string> names)
    {
        const int Shown = 10;
        string listed = names.Count == 0 ? "" : $" ({string.Join(", ", names.Take(Shown))}{(names.Count > Shown ? ", …" : "")})";
        return $"{count} {(count == 1 ? one : many)}{listed}";
    }

    private static Tensor Column<T>(T[] targets) where T : unmanaged, System.Numerics.INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(targets);
        return Tensor.From<T>(targets, [targets.Length, 1]);
    }
}
