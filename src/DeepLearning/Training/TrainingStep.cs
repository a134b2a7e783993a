using System.Globalization;
using System.Numerics.Tensors;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// One step: forward, loss, backward, update, metrics. A tape for each batch size hands the same tensors out at every step, so that after the first
/// steps nothing is allocated.
/// </summary>
internal sealed class TrainingStep(Model model, Compilation compilation)
{
    /// <summary>Batch sizes whose tapes are kept: a stream of ever new sizes must not fill the memory.</summary>
    private const int MostTapes = 8;

    private readonly Dictionary<int, Tape> tapes = [];
    private readonly ForwardPass pass = new(model.Graph);

    /// <summary>Trains on a batch and adds its figures. False, with nothing changed, if the loss is not finite or a gradient cannot be taken.</summary>
    /// <exception cref="InvalidOperationException">The model has parameters, but the loss has no gradient.</exception>
    public bool Run(Batch batch, RunningFigures means, out float lossValue)
    {
        Tape tape = TapeFor(batch.Count);
        tape.Reset();
        pass[0] = tape.Constant(batch.Inputs);
        model.RequireInputs(pass);
        pass.Run(compilation.Plan, tape, training: true, model.Seed, model.StepsTrained);
        Tensor output = pass[compilation.StepValue];
        Tensor targets = Loss.Align(tape.Constant(batch.Targets), output);
        Tensor loss = compilation.StepLoss.Compute(output, targets, batch.SampleWeights is null ? null : tape.Constant(batch.SampleWeights));
        Tensor total = model.Parameters.Penalty(tape) is { } penalty ? loss + penalty : loss;
        lossValue = total.ToScalar();
        if (!float.IsFinite(lossValue)) return false;
        if (tape.IsTracked(loss))
        {
            Gradients gradients = tape.Gradients(total);
            if (!compilation.Optimizer.Takes(model.Parameters, gradients)) return false;
            compilation.Optimizer.UpdateTaken(model.Parameters, gradients);
        }
        else if (model.Parameters.Count > 0)
        {
            if (!model.Parameters.Any(p => p.Trainable))
                throw new InvalidOperationException($"No parameter is trainable, so that nothing would be learned: set {nameof(Parameter.Trainable)} of some.");
            throw new InvalidOperationException(
                $"{compilation.Loss.Name} has no gradient, so that nothing would be learned: compute it, and what custom layers give, with differentiable "
                + "operations on the predictions, such as Abs, Square and Log, not with Greater, ArgMax, ToArray or Clone.");
        }

        model.StepsTrained++;
        Tensor logits = output;
        if (compilation.Metrics.Count > 0)
        {
            // Off the tape: metrics of what is trained and of what is validated are computed alike.
            logits = output = tape.Constant(output);
            if (compilation.LastActivation is { } last) output = last.Apply(output);
        }

        means.Add(lossValue, logits, output, targets, batch.SampleWeights);
        return true;
    }

    /// <summary>Where the first value that cannot be computed with stands after a failed <see cref="Run"/>: found by going through the layers again.</summary>
    public string PlaceOfFailure(Batch batch)
    {
        if (OverflowedValue(model) is { } overflowed) return overflowed;
        if ((NotFinite(batch.Inputs, "input") ?? NotFinite(batch.Targets, "target")) is { } given) return given;
        (float magnitude, LayerSlot? largest) = (-1f, null);
        var again = new ForwardPass(model.Graph);
        again[0] = batch.Inputs;
        foreach (int s in model.Graph.All)
        {
            LayerSlot slot = model.Slots[s];
            again.Run([s], null, training: true, model.Seed, model.StepsTrained);
            Tensor output = again[model.Graph.ValueOf(s)];
            if (output.IsInteger) continue;
            if (!Reductions.AllFinite(output.AsReadOnlySpan())) return $"the output of {slot} is not finite";
            float most = MathF.Abs(TensorPrimitives.MaxMagnitude(output.AsReadOnlySpan()));
            if (most > magnitude) (magnitude, largest) = (most, slot);
        }

        if (TapeFor(batch.Count).Kept is { } gradients && compilation.Optimizer.FaultOf(model.Parameters, gradients) is { } fault) return fault;
        return string.Create(CultureInfo.InvariantCulture, $"no layer's output is infinite yet: the largest, {magnitude:G3}, is of {largest}");
    }

    /// <summary>Says which value of a batch is not finite, where the options let such values through.</summary>
    private static string? NotFinite(Tensor tensor, string what)
    {
        if (tensor.IsInteger) return null;
        ReadOnlySpan<float> values = tensor.AsReadOnlySpan();
        if (Reductions.AllFinite(values)) return null;
        int i = 0, rowLength = tensor.Count / tensor.Shape[0];
        while (float.IsFinite(values[i])) i++;
        return FormattableString.Invariant($"the {what} at row {i / rowLength}, column {i % rowLength} of the batch is {values[i]}");
    }

    /// <summary>Says which parameter or state has values that are not finite; null if none has.</summary>
    public static string? OverflowedValue(Model model) => model.Values.NotFinite is { } parameter ? $"{parameter.Name} has values that are not finite" : null;

    /// <summary>Lets the activations and gradients of all batch sizes go: a trained model that only predicts does not carry them along.</summary>
    public void ReleaseBuffers() => tapes.Clear();

    private Tape TapeFor(int batchSize)
    {
        if (tapes.TryGetValue(batchSize, out Tape? tape)) return tape;
        if (tapes.Count == MostTapes) tapes.Clear();
        return tapes[batchSize] = Tape.Recycling(records: true);
    }
}
