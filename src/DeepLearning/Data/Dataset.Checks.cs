using System.Numerics.Tensors;

namespace DeepLearning;

/// <content>Checks of a data set.</content>
public sealed partial class Dataset
{
    /// <summary>Throws if an input or a target is NaN or infinite, naming the first one's place.</summary>
    internal static void RequireFinite(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> targets)
    {
        // By index: a stream's batches are checked at every step, and an interface's enumerator would be allocated.
        for (int i = 0; i < inputs.Count; i++) RequireFinite(inputs[i], "input");
        for (int t = 0; t < targets.Count; t++) RequireFinite(targets[t], "target");
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

    /// <summary>Throws if weights are negative, not finite or all 0; those of a subset may all be 0.</summary>
    internal void RequireWeights()
    {
        if (SampleWeights is null) return;
        RequireWeights(SampleWeights);
        if (!SampleWeights.AsReadOnlySpan().ContainsAnyExcept(0f))
            throw new ArgumentException($"At least one sample weight must be above 0, but all {Count} are 0.", "sampleWeights");
    }

    /// <summary>Throws if weights are negative or not finite. In a single batch all may be 0: it then has no effect.</summary>
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
            if (labels[r] is > WholeFloats.Largest or < -WholeFloats.Largest)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(labels), labels[r], $"The label of row {r} is beyond ±{WholeFloats.Largest}, where float32 holds every whole number.");
            }

            values[r] = labels[r];
        }

        return targets;
    }

    /// <summary>Throws if a class has no name: a label beyond the names, or another number of columns.</summary>
    private void RequireNamesOfAll(IReadOnlyList<string> names)
    {
        if (names.Count == 0) return;
        if (targets.Length > 1)
            throw new ArgumentException($"Class names are of one target, but there are {targets.Length}, {SeveralTensors.ShapesOf(targets)}.");
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
}
