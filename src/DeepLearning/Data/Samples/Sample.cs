using System.Runtime.CompilerServices;

namespace DeepLearning;

/// <summary>One sample of a <see cref="SampleSource"/>: inputs, targets and a weight, without a batch dimension. The tensors are kept, not copied.</summary>
public sealed class Sample
{
    private readonly Tensor[] inputs, targets;

    /// <summary>A sample of one input and one target, of any shape.</summary>
    /// <param name="input">[…]: values, or indices for a layer that looks them up.</param>
    /// <param name="target">[…]: values [outputs], a one-hot row [classes], or a label as a scalar.</param>
    /// <param name="weight">≥ 0; null, the default, weighs as 1.</param>
    /// <exception cref="ArgumentNullException">No input or no target.</exception>
    /// <exception cref="ArgumentException">The target has integers, which are inputs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The weight is negative or not finite.</exception>
    public Sample(Tensor input, Tensor target, double? weight = null) : this([input], [target], weight, null) { }

    /// <summary>A sample of one input with a class label; batches have the labels as targets [batch].</summary>
    /// <param name="input">[…].</param>
    /// <param name="label">At most 2²⁴ in size, so that a float32 holds it exactly.</param>
    /// <param name="weight">≥ 0; null, the default, weighs as 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The label is beyond ±2²⁴, or the weight negative or not finite.</exception>
    public Sample(Tensor input, int label, double? weight = null) : this([input], [Label(label)], weight, ClassLabels.Unnamed) { }

    /// <summary>A sample of one input with a value to predict; batches have the values as targets [batch, 1].</summary>
    /// <param name="input">[…].</param>
    /// <param name="value">The value, rounded to float32.</param>
    /// <param name="weight">≥ 0; null, the default, weighs as 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The weight is negative or not finite.</exception>
    public Sample(Tensor input, double value, double? weight = null) : this([input], [Tensor.From((float)value)], weight, null) { }

    /// <summary>A sample of several inputs or targets, in the order of the model's.</summary>
    /// <param name="inputs">[…] each, at least one.</param>
    /// <param name="targets">[…] each, at least one.</param>
    /// <param name="weight">≥ 0; null, the default, weighs as 1.</param>
    /// <exception cref="ArgumentException">A list is empty, or a target has integers, which are inputs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The weight is negative or not finite.</exception>
    [OverloadResolutionPriority(-1)]
    public Sample(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> targets, double? weight = null)
        : this(RowCounts.Listed(inputs, nameof(inputs)), RowCounts.Listed(targets, nameof(targets)), weight, null) { }

    private Sample(Tensor[] inputs, Tensor[] targets, double? weight, ClassLabels? classLabels)
    {
        foreach (Tensor input in inputs) ArgumentNullException.ThrowIfNull(input, nameof(inputs));
        foreach (Tensor target in targets)
        {
            ArgumentNullException.ThrowIfNull(target, nameof(targets));
            if (target.IsInteger) throw new ArgumentException("Indices are inputs; targets are numbers. Give a label as int.", nameof(targets));
        }

        if (weight is { } given && !(given >= 0 && float.IsFinite((float)given)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(weight), weight, FormattableString.Invariant($"The weight of a sample is finite and at least 0, got {weight}."));
        }

        (this.inputs, this.targets, Weight, ClassLabels) = (inputs, targets, (float?)weight, classLabels);
    }

    /// <summary>The input […].</summary>
    /// <exception cref="InvalidOperationException">There are several: take them from <see cref="InputTensors"/>.</exception>
    public Tensor Input => SeveralTensors.Only(inputs, "sample", nameof(InputTensors));

    /// <summary>The target […]; a scalar for a label.</summary>
    /// <exception cref="InvalidOperationException">There are several: take them from <see cref="TargetTensors"/>.</exception>
    public Tensor Target => SeveralTensors.Only(targets, "sample", nameof(TargetTensors));

    /// <summary>The input for each input of the model, in its order; usually one.</summary>
    public IReadOnlyList<Tensor> InputTensors => inputs;

    /// <summary>The target for each output of the model, in its order; usually one.</summary>
    public IReadOnlyList<Tensor> TargetTensors => targets;

    /// <summary>The weight; null weighs as 1.</summary>
    public float? Weight { get; }

    /// <summary>Not null if the target is a class label.</summary>
    internal ClassLabels? ClassLabels { get; }

    /// <summary>The same target and weight with another input.</summary>
    /// <param name="input">[…].</param>
    public Sample WithInput(Tensor input) => new([input], targets, Weight, ClassLabels);

    /// <summary>The same target and weight with several other inputs.</summary>
    /// <param name="inputs">[…] each, at least one.</param>
    /// <exception cref="ArgumentException">The list is empty.</exception>
    public Sample WithInputs(params IReadOnlyList<Tensor> inputs) => new(RowCounts.Listed(inputs, nameof(inputs)), targets, Weight, ClassLabels);

    /// <summary>The same inputs with another weight.</summary>
    /// <param name="weight">≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public Sample WithWeight(double weight) => new(inputs, targets, weight, ClassLabels);

    /// <summary>The shapes.</summary>
    public override string ToString()
        => $"Sample: input {Shapes(inputs)}, target {Shapes(targets)}";

    /// <summary>A copy with its own values, which may be written to.</summary>
    internal Sample Clone() => new(Array.ConvertAll(inputs, t => t.Clone()), Array.ConvertAll(targets, t => t.Clone()), Weight, ClassLabels);

    /// <summary>A copy of a row of a data set or a batch.</summary>
    internal static Sample OfRow(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> targets, Tensor? weights, ClassLabels? labels, int row)
        => new([.. inputs.Select(t => t.RowView(row).Clone())], [.. targets.Select(t => t.RowView(row).Clone())], weights?.AsReadOnlySpan()[row], labels);

    private static Tensor Label(int label) => Dataset.LabelTensor([label]).View(null, []);

    private static string Shapes(Tensor[] tensors) => string.Join(", ", tensors.Select(t => t.Shape));
}
