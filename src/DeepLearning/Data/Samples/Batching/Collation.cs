using System.Runtime.InteropServices;

namespace DeepLearning;

/// <summary>Makes a batch of samples; into the memory of an earlier one if that has the same shapes.</summary>
/// <param name="padding">Null if all samples have the same shapes.</param>
/// <param name="classNames">The name of each class; empty if there are none.</param>
internal sealed class Collation(Padding? padding, IReadOnlyList<string> classNames)
{
    private readonly ClassLabels? named = classNames.Count > 0 ? new ClassLabels(classNames) : null;

    /// <param name="samples">At least one.</param>
    /// <param name="first">The number of the first in its epoch, for messages.</param>
    /// <param name="into">A batch that may be overwritten, or null.</param>
    public Batch Fill(List<Sample> samples, long first, Batch? into)
    {
        Sample like = samples[0];
        for (int s = 1; s < samples.Count; s++) RequireAlike(samples[s], like, first + s, first);
        int rows = samples.Count;
        Tensor[] inputs = [.. like.InputTensors.Select((t, i) => Room(t, padding?.ShapeOf(samples, i, first) ?? t.Shape, rows, Old(into?.InputTensors, i)))];
        Tensor[] targets = [.. like.TargetTensors.Select((t, i) => Room(t, t.Shape, rows, Old(into?.TargetTensors, i)))];
        for (int i = 0; i < inputs.Length; i++) Gather(samples, i, inputs[i]);
        for (int t = 0; t < targets.Length; t++)
            for (int s = 0; s < samples.Count; s++) CopyRow(samples[s].TargetTensors[t], targets[t], s);
        if (padding is { Mask: not PaddingMask.None }) inputs = [.. inputs, Mask(samples, inputs[0])];
        Tensor? weights = samples.Exists(s => s.Weight is not null) ? Tensor.From([.. samples.Select(s => s.Weight ?? 1f)]) : null;
        ClassLabels? labels = targets.Length == 1 && like.Target.Count == 1 ? named ?? like.ClassLabels : null;
        return new Batch(inputs, targets, weights) { ClassLabels = labels, ClassNames = classNames };
    }

    private static Tensor? Old(IReadOnlyList<Tensor>? tensors, int place) => tensors is not null && place < tensors.Count ? tensors[place] : null;

    private static Tensor Room(Tensor like, Shape shape, int rows, Tensor? old)
    {
        Shape batch = shape.Prepend(rows);
        return old is not null && old.Shape == batch && old.IsInteger == like.IsInteger ? old : Tensor.AllocateLike(like, null, batch);
    }

    private void Gather(List<Sample> samples, int input, Tensor into)
    {
        int size = into.Count / samples.Count;
        if (samples.TrueForAll(s => s.InputTensors[input].Count == size))
        {
            for (int s = 0; s < samples.Count; s++) CopyRow(samples[s].InputTensors[input], into, s);
            return;
        }

        if (into.IsInteger) MemoryMarshal.Cast<float, int>(into.Bits).Fill(padding!.Index);
        else into.Bits.Fill((float)padding!.Value);
        for (int s = 0; s < samples.Count; s++)
        {
            Tensor from = samples[s].InputTensors[input];
            Padding.Copy(from.Bits, from.Shape, into.Bits.Slice(s * size, size), into.Shape.Dimensions[1..]);
        }
    }

    private static void CopyRow(Tensor from, Tensor into, int row) => from.Bits.CopyTo(into.Bits[(row * from.Count)..]);

    private Tensor Mask(List<Sample> samples, Tensor padded)
    {
        if (padded.Rank < 2) throw new ShapeMismatchException("A mask or lengths are of inputs with rows, but the first input is a single number.");
        if (padding!.Mask == PaddingMask.Lengths)
            return Tensor.From([.. samples.Select(s => (float)s.InputTensors[0].Shape[0])], [samples.Count, 1]);
        int length = padded.Shape[1];
        Tensor mask = Tensor.Zeros([samples.Count, length]);
        for (int s = 0; s < samples.Count; s++) mask.AsSpan().Slice(s * length, samples[s].InputTensors[0].Shape[0]).Fill(1f);
        return mask;
    }

    private void RequireAlike(Sample sample, Sample like, long number, long first)
    {
        if (sample.InputTensors.Count != like.InputTensors.Count || sample.TargetTensors.Count != like.TargetTensors.Count)
        {
            throw new ShapeMismatchException(
                $"Expected samples with as many inputs and targets as sample {first}, {like}, but sample {number} is {sample}.");
        }

        for (int i = 0; i < like.InputTensors.Count; i++)
        {
            (Tensor a, Tensor b) = (like.InputTensors[i], sample.InputTensors[i]);
            if (a.IsInteger == b.IsInteger && (padding is not null || a.Shape == b.Shape)) continue;
            throw a.IsInteger != b.IsInteger
                ? new ArgumentException($"An input of sample {first} has {Kind(a)}, but that of sample {number} has {Kind(b)}.")
                : new ShapeMismatchException(
                    $"Sample {number} has an input {b.Shape}, but sample {first} of the same batch has {a.Shape}. {nameof(SampleSource.PaddedBatch)} "
                    + "pads samples of different length.");
        }

        for (int t = 0; t < like.TargetTensors.Count; t++)
        {
            (Shape a, Shape b) = (like.TargetTensors[t].Shape, sample.TargetTensors[t].Shape);
            if (a != b) throw new ShapeMismatchException($"Sample {number} has a target {b}, but sample {first} of the same batch has {a}.");
        }
    }

    private static string Kind(Tensor tensor) => tensor.IsInteger ? "integers" : "float32 values";
}
