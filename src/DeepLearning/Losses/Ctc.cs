using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Connectionist temporal classification: −log of the probability that the model's classes over time spell a sequence of labels, wherever in time they occur.
/// Predictions are logits, [batch, time, classes], class 0 the blank; a final Softmax, or a softmax on a tape, is left out of the computation. Targets are
/// labels 1 … classes − 1, [batch, length], padded with 0 at the end. All time steps count. Graves et al. 2006. Keras: <c>CTC</c>; PyTorch's <c>CTCLoss</c>
/// takes log-probabilities [time, batch, classes] and lengths, and its mean divides each loss by the number of labels.
/// </summary>
public sealed class Ctc : Loss
{
    /// <inheritdoc/>
    public override Tensor PerSample(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        if (predictions.Rank != 3 || predictions.Shape[-1] < 2) throw NoSequences(predictions.Shape.ToString());
        int batch = predictions.Shape[0];
        if (targets.Rank == 0 || targets.Shape[0] != batch)
            throw new ShapeMismatchException(
                $"{Name} expects targets [{batch}, length] for predictions {predictions.Shape}, got {targets.Shape}.", nameof(targets));
        CrossEntropy.RequireLabels(targets, predictions.Shape[-1], Name);
        return CtcLikelihood.Apply(LogitsBehind.Softmax(predictions) ?? predictions, targets);
    }

    /// <summary>Checks that targets are rows of labels, 0 only at their end, and short enough for the time steps.</summary>
    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output)
    {
        ArgumentNullException.ThrowIfNull(targets);
        RequireOutput(output);
        if (targets.Rank != 2) throw new ShapeMismatchException($"{Name} expects rows of labels, [samples, length], got {targets.Shape}.", nameof(targets));
        CrossEntropy.RequireLabels(targets, output[-1], Name);
        int row = CtcKernel.FirstUnfit(targets.AsReadOnlySpan(), targets.Shape[0], output[0], out int needed);
        if (row < 0) return;
        throw new ArgumentException(
            needed > output[0]
                ? $"{Name} needs {needed} time steps for the labels of row {row}, one for each and one between equal neighbours, but the output "
                    + $"{output.WithBatch()} has {output[0]}."
                : $"{Name} reads 0 as the end of a row's labels, but row {row} has labels behind one: count labels from 1.", nameof(targets));
    }

    internal override TargetKind Targets => TargetKind.Unmatched;

    internal override bool OfLogits => true;

    internal override void RequireOutput(Shape output)
    {
        if (output.Rank != 2 || output[-1] < 2) throw NoSequences(output.WithBatch());
    }

    internal override Loss? FusedWith(Layer last)
    {
        if (last.OutputMeaning.CanBeLogits()) return null;
        return last is Activation { TakesLogits: true, OutputMeaning: OutputMeaning.Probabilities }
            ? new Ctc { IncludesActivation = true, Reduction = Reduction }
            : throw new ArgumentException($"{Name} expects logits, but the model ends with {last}: remove it, or replace it by Softmax().", nameof(last));
    }

    private ShapeMismatchException NoSequences(string shape)
        => new($"{Name} expects an output [batch, time, classes], of a blank and one class at least, got {shape}.");
}
