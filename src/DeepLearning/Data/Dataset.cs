using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;

namespace DeepLearning;

/// <summary>
/// Samples to learn from: inputs [n, …] and targets [n, …] that belong together row by row, and a weight a row where some count more.
/// The tensors given to a constructor are kept, not copied; arrays and matrices are copied.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed partial class Dataset
{
    /// <summary>The largest whole number up to which every one is a float32: 2²⁴.</summary>
    private const int LargestExact = 1 << 24;

    private readonly IReadOnlyList<string> classNames = [], featureNames = [];

    /// <summary>Inputs and targets of any shape; every row weighs the same.</summary>
    /// <param name="inputs">[n, …], n ≥ 1: a tensor, or an array of numbers.</param>
    /// <param name="targets">[n, …]: values [n, outputs], one-hot rows [n, classes] or labels [n].</param>
    /// <inheritdoc cref="Dataset(Tensor, Tensor, Tensor?)"/>
    public Dataset(Tensor inputs, Tensor targets) : this(inputs, targets, null) { }

    /// <summary>Inputs, targets and weights, of any shape.</summary>
    /// <param name="inputs">[n, …], n ≥ 1: values, or indices for a layer that looks them up.</param>
    /// <param name="targets">[n, …]: values [n, outputs], one-hot rows [n, classes] or labels [n].</param>
    /// <param name="sampleWeights">[n], none negative, not all 0; null weighs all the same.</param>
    /// <exception cref="ArgumentNullException">No inputs or no targets.</exception>
    /// <exception cref="ShapeMismatchException">The row counts differ.</exception>
    /// <exception cref="ArgumentException">There are no rows, or weights are negative, not finite or all 0.</exception>
    public Dataset(Tensor inputs, Tensor targets, Tensor? sampleWeights)
    {
        RowCounts.RequireEqual(inputs, targets, sampleWeights);
        if (inputs.Shape[0] == 0)
            throw new ArgumentException($"A data set needs at least one row, got none: inputs {inputs.Shape}, targets {targets.Shape}.", nameof(inputs));
        Inputs = inputs;
        Targets = targets;
        SampleWeights = sampleWeights;
        RequireWeights();
    }

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
    [OverloadResolutionPriority(1)] // So that [0, 1] are labels, although their numbers would do as values too.
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
    /// <param name="sampleWeights">[n], none negative, not all 0; null weighs all the same.</param>
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

    /// <summary>A MathNet matrix with one value to predict a row; the targets become [n, 1].</summary>
    /// <param name="inputs">[n, features].</param>
    /// <param name="targets">n values.</param>
    /// <inheritdoc cref="Dataset(Tensor, Tensor, Tensor?)"/>
    public Dataset(Matrix<float> inputs, Vector<float> targets)
        : this(Tensor.From(inputs), Column(targets?.ToArray()!)) { }

    /// <summary>A MathNet matrix with a class label a row.</summary>
    /// <param name="inputs">[n, features].</param>
    /// <param name="labels">n labels.</param>
    /// <inheritdoc cref="Dataset(Tensor, ReadOnlySpan{int})"/>
    public Dataset(Matrix<float> inputs, int[] labels)
        : this(Tensor.From(inputs), (labels ?? throw new ArgumentNullException(nameof(labels))).AsSpan(), null) { }

    /// <summary>Some rows of another data set, which was checked when it was made.</summary>
    private Dataset(Dataset source, Tensor inputs, Tensor targets, Tensor? sampleWeights)
    {
        Inputs = inputs;
        Targets = targets;
        SampleWeights = sampleWeights;
        classNames = source.classNames;
        featureNames = source.featureNames;
        ClassLabels = source.ClassLabels;
    }

    /// <summary>[n, …].</summary>
    public Tensor Inputs { get; }

    /// <summary>[n, …], or labels [n].</summary>
    public Tensor Targets { get; }

    /// <summary>[n]; null weighs all the same.</summary>
    public Tensor? SampleWeights { get; }

    /// <summary>Number of rows, n ≥ 1.</summary>
    public int Count => Inputs.Shape[0];

    /// <summary>The shape of one input: <see cref="Inputs"/> without its first dimension.</summary>
    public Shape InputShape => Inputs.Shape.WithoutFirst();

    /// <summary>The shape of one target: <see cref="Targets"/> without its first dimension; scalar for labels [n].</summary>
    public Shape TargetShape => Targets.Shape.WithoutFirst();

    /// <summary>
    /// The name of each class, by label; empty where none were given. Targets of one value a row are class labels where there are names, or where they were
    /// given as int: regression losses refuse them.
    /// </summary>
    /// <exception cref="ArgumentException">A label has no name, or rows [n, classes] have another number of columns.</exception>
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

    /// <summary>Not null where the targets are class labels.</summary>
    internal ClassLabels? ClassLabels { get; init; }

    /// <summary>The name of each feature, by column; empty where none were given.</summary>
    /// <exception cref="ArgumentException">Inputs [n, features] have another number of features.</exception>
    public IReadOnlyList<string> FeatureNames
    {
        get => featureNames;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(FeatureNames));
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
                if (MathF.Floor(value) != value || MathF.Abs(value) > LargestExact)
                    throw new InvalidOperationException(FormattableString.Invariant($"Labels are whole numbers, but the target of row {r} is {value}."));
                labels[r] = (int)value;
            }

            return labels;
        }
    }

    /// <summary>
    /// For example <c>Dataset: 60000 rows, inputs [28, 28], targets []</c> or <c>Dataset: 150 rows, 4 features, 3 classes (rose, tulip, violet)</c>;
    /// with the names of the features where they are known.
    /// </summary>
    public override string ToString()
    {
        string inputs = Inputs.Rank == 2 ? Counted(InputShape[0], "feature", "features", FeatureNames) : $"inputs {InputShape}";
        string targets = ClassNames.Count > 0 ? Counted(ClassNames.Count, "class", "classes", ClassNames) : TargetShape.Rank == 0 ? "1 target a row" : $"targets {TargetShape}";
        return $"Dataset: {Counted(Count, "row", "rows", [])}, {inputs}, {targets}";
    }

    private static string Counted(int count, string one, string many, IReadOnlyList<string> names)
    {
        const int Shown = 10;
        string listed = names.Count == 0 ? "" : $" ({string.Join(", ", names.Take(Shown))}{(names.Count > Shown ? ", …" : "")})";
        return $"{count} {(count == 1 ? one : many)}{listed}";
    }

    /// <summary>Throws where an input or a target is NaN or infinite, naming the first one's place.</summary>
    internal static void RequireFinite(Tensor inputs, Tensor targets)
    {
        RequireFinite(inputs, "input");
        RequireFinite(targets, "target");
    }

    /// <summary>Throws where a class has no name: a label that is beyond the names, or another number of columns.</summary>
    private void RequireNamesOfAll(IReadOnlyList<string> names)
    {
        if (names.Count == 0) return;
        if (TargetShape.Size != 1)
        {
            if (Targets.Rank != 2 || Targets.Shape[1] == names.Count) return;
            throw new ArgumentException($"Targets {Targets.Shape} have {Targets.Shape[1]} columns, but {names.Count} class names were given for them.");
        }

        ReadOnlySpan<float> labels = Targets.AsReadOnlySpan();
        for (int r = 0; r < labels.Length; r++)
        {
            if (!(labels[r] < 0f || labels[r] > names.Count - 1)) continue;
            throw new ArgumentException(FormattableString.Invariant(
                $"Every class needs a name: {names.Count} were given, for the labels 0 to {names.Count - 1}, but row {r} has {labels[r]}."));
        }
    }

    internal static void RequireFinite(Tensor tensor, string what)
    {
        if (tensor.IsInteger) return;
        ReadOnlySpan<float> values = tensor.AsReadOnlySpan();
        if (TensorPrimitives.IsFiniteAll(values)) return;
        int i = 0, rowLength = tensor.Count / tensor.Shape[0];
        while (float.IsFinite(values[i])) i++;
        throw new ArgumentException(FormattableString.Invariant(
            $"Expected finite numbers, but the {what} at row {i / rowLength}, column {i % rowLength} is {values[i]}."));
    }

    /// <summary>Throws where weights are negative, not finite or all 0: of some rows of a data set they may all be.</summary>
    internal void RequireWeights()
    {
        if (SampleWeights is null) return;
        RequireWeights(SampleWeights);
        if (!SampleWeights.AsReadOnlySpan().ContainsAnyExcept(0f))
            throw new ArgumentException($"At least one sample weight must be above 0, but all {Count} are 0.", "sampleWeights");
    }

    /// <summary>Throws where weights are negative or not finite. In a single batch all may be 0: it then counts for nothing.</summary>
    internal static void RequireWeights(Tensor sampleWeights)
    {
        ReadOnlySpan<float> weights = sampleWeights.AsReadOnlySpan();
        for (int r = 0; r < weights.Length; r++)
        {
            if (!float.IsFinite(weights[r]) || weights[r] < 0f)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Sample weights are finite and at least 0, but the weight of row {r} is {weights[r]}."),
                    nameof(sampleWeights));
            }
        }
    }

    internal static Tensor LabelTensor(ReadOnlySpan<int> labels)
    {
        Tensor targets = Tensor.Zeros([labels.Length]);
        Span<float> values = targets.AsSpan();
        for (int r = 0; r < labels.Length; r++)
        {
            if (labels[r] is > LargestExact or < -LargestExact)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(labels), labels[r], $"The label of row {r} is beyond ±{LargestExact}, where float32 holds every whole number.");
            }

            values[r] = labels[r];
        }

        return targets;
    }

    private static Tensor Column<T>(T[] targets) where T : unmanaged, System.Numerics.INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(targets);
        return Tensor.From<T>(targets, [targets.Length, 1]);
    }
}
