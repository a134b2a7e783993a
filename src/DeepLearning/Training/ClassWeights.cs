using System.Globalization;
using System.Numerics.Tensors;

namespace DeepLearning;

/// <summary>
/// How much each class counts in training, for <see cref="FitOptions.ClassWeights"/>: by label, by class name, or <see cref="Balanced"/>. A class without a
/// weight counts 1. Each sample's weight is multiplied by that of its class, like Keras's <c>class_weight</c>; metrics use it if <see cref="Metric.Weighted"/>.
/// PyTorch's <c>weight</c> of a cross-entropy also divides by Σ w: set <see cref="LossReduction.MeanWithSampleWeight"/>.
/// </summary>
/// <example><c>new FitOptions { ClassWeights = new() { ["fraud"] = 50 } }</c>, or <c>new() { [1] = 50 }</c> by label.</example>
public sealed class ClassWeights
{
    private readonly Dictionary<int, double> byLabel = [];
    private readonly Dictionary<string, double> byName = [];
    private readonly bool balanced;

    /// <summary>Weights to set by label or by name.</summary>
    public ClassWeights() { }

    private ClassWeights(bool balanced) => this.balanced = balanced;

    /// <summary>
    /// rows / (classes · rows of the class), with only classes that occur: all classes count equally, and the mean weight is 1. Like scikit-learn's
    /// <c>class_weight="balanced"</c>.
    /// </summary>
    public static ClassWeights Balanced { get; } = new(balanced: true);

    /// <summary>The weight of the class with this label, ≥ 0; 1 where none was set.</summary>
    /// <param name="label">The label, ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The label is negative, or the weight negative or not finite.</exception>
    public double this[int label]
    {
        get => byLabel.GetValueOrDefault(label, 1);
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(label);
            byLabel[label] = Setting.NotNegative(value, FormattableString.Invariant($"The weight of class {label}"));
        }
    }

    /// <summary>The weight of the class with this name, ≥ 0; 1 where none was set. Names are the <c>ClassNames</c> of the data, or else the model.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentOutOfRangeException">The weight is negative or not finite.</exception>
    public double this[string name]
    {
        get => byName.GetValueOrDefault(name, 1);
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            byName[name] = Setting.NotNegative(value, $"The weight of class '{name}'");
        }
    }

    /// <summary>For example <c>0: 0.5, fraud: 50</c>, or <c>balanced</c>.</summary>
    public override string ToString() => balanced ? "balanced" : string.Join(
        ", ", byLabel.OrderBy(w => w.Key).Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.Key}: {w.Value}"))
            .Concat(byName.OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.Key}: {w.Value}"))));

    /// <summary>The data with these weights on top of its own.</summary>
    /// <param name="data">Data that the compilation has checked.</param>
    /// <param name="compilation">What the model is trained with.</param>
    /// <param name="modelNames">The model's class names, for data without names.</param>
    /// <exception cref="ArgumentException">The targets are not one class per row, or a class does not exist.</exception>
    internal Dataset Of(Dataset data, Compilation compilation, IReadOnlyList<string> modelNames)
    {
        if (compilation.Objectives is not [var objective])
            throw Refused($"are of one output, but the model has {compilation.Objectives.Length}");
        int[] labels = LabelsOf(data.Targets, objective, out int classes);
        double[] weights = balanced ? BalancedOver(labels, classes) : Given(classes, data.ClassNames.Count > 0 ? data.ClassNames : modelNames);
        Tensor each = Tensor.Zeros([labels.Length]);
        Span<float> to = each.AsSpan();
        for (int r = 0; r < labels.Length; r++)
        {
            double own = data.SampleWeights is { } given ? given.AsReadOnlySpan()[r] : 1;
            to[r] = (float)(labels[r] < 0 ? own : own * weights[labels[r]]);
        }

        return data.WithSampleWeights(each);
    }

    /// <summary>The class of each row; −1 for one that the loss ignores.</summary>
    private static int[] LabelsOf(Tensor targets, Objective objective, out int classes)
    {
        (Shape output, TargetKind kind) = (objective.OutputShape, objective.Loss.Targets);
        bool overClasses = kind is TargetKind.Labels or TargetKind.OneHot && output.Rank == 1;
        bool single = kind is TargetKind.Binary or TargetKind.Signs && output.Size == 1;
        if (!overClasses && !single)
        {
            throw Refused(
                $"need one class a row, but {objective.Loss.Name} with an output {output.WithBatch()} has none: give the data SampleWeights of its own");
        }

        classes = single ? 2 : output[0];
        ReadOnlySpan<float> t = targets.AsReadOnlySpan();
        var labels = new int[targets.Shape[0]];
        int? ignored = (objective.Loss as SparseCategoricalCrossEntropy)?.IgnoreClass;
        for (int r = 0; r < labels.Length; r++)
        {
            labels[r] = kind switch
            {
                TargetKind.OneHot => TensorPrimitives.IndexOfMax(t.Slice(r * classes, classes)),
                TargetKind.Labels => t[r] == ignored ? -1 : (int)t[r],
                _ => t[r] > 0.5f ? 1 : 0,
            };
        }

        return labels;
    }

    private static double[] BalancedOver(int[] labels, int classes)
    {
        var counts = new int[classes];
        foreach (int label in labels)
            if (label >= 0) counts[label]++;
        double share = counts.Sum() / (double)Math.Max(1, counts.Count(c => c > 0));
        return Array.ConvertAll(counts, count => count == 0 ? 1 : share / count);
    }

    private double[] Given(int classes, IReadOnlyList<string> names)
    {
        var weights = new double[classes];
        Array.Fill(weights, 1);
        foreach ((int label, double weight) in byLabel)
            weights[label < classes ? label : throw Refused($"have one for class {label}, but the classes are 0 to {classes - 1}")] = weight;
        foreach ((string name, double weight) in byName)
        {
            int label = 0;
            while (label < names.Count && names[label] != name) label++;
            if (label >= Math.Min(names.Count, classes))
                throw Refused($"have one for '{name}', but the classes are {(names.Count == 0 ? "without names: use labels" : string.Join(", ", names))}");
            if (byLabel.ContainsKey(label)) throw Refused($"have two for '{name}', one of them by its label {label}");
            weights[label] = weight;
        }

        return weights;
    }

    private static ArgumentException Refused(string why) => new($"{nameof(FitOptions.ClassWeights)} {why}.");
}
