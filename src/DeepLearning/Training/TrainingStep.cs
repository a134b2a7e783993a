using System.Globalization;
using System.Numerics.Tensors;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// One step: forward, loss, backward, update, metrics. A tape for each batch size reuses the same tensors at every step, so that nothing is allocated after the
/// first steps.
/// </summary>
internal sealed class TrainingStep
{
    /// <summary>The number of batch shapes whose tapes are kept: a stream of ever-changing shapes must not fill the memory.</summary>
    private const int MostTapes = 8;

    private readonly Model model;
    private readonly Compilation compilation;
    private readonly ForwardPass pass;
    private readonly BatchLosses losses;
    private readonly List<(Shape[] Inputs, Tape Tape)> tapes = [];

    public TrainingStep(Model model, Compilation compilation)
    {
        (this.model, this.compilation) = (model, compilation);
        pass = new ForwardPass(model.Graph);
        losses = new BatchLosses(compilation, pass);
    }

    /// <summary>Trains on a batch and adds its figures. False, with nothing changed, if the loss is not finite or a gradient cannot be taken.</summary>
    /// <exception cref="InvalidOperationException">The model has parameters, but the loss has no gradient.</exception>
    public bool Run(Batch batch, RunningFigures means, out float lossValue)
    {
        Tape tape = TapeFor(batch);
        tape.Reset();
        pass.Take(batch.InputTensors, tape);
        model.RequireInputs(pass);
        pass.Run(compilation.Plan, tape, training: true, model.Seed, model.StepsTrained);
        Tensor loss = losses.Compute(batch, tape);
        Tensor? penalty = BatchLosses.Penalty(model, tape);
        Tensor total = penalty is null ? loss : loss + penalty;
        lossValue = total.ToScalar();
        if (!float.IsFinite(lossValue)) return false;
        if (tape.IsTracked(loss) || tape.IsTracked(tape.AddedLoss))
        {
            Gradients gradients = tape.Gradients(total);
            if (!compilation.Optimizer.Takes(model.Parameters, gradients)) return false;
            compilation.Optimizer.UpdateTaken(model.Parameters, gradients);
        }
        else
        {
            RequireNothingToLearn();
            if (tape.StagedStates.NotFinite(model.Values.State) is not null) return false;
            tape.StagedStates.Commit(model.Values.State);
        }

        model.StepsTrained++;
        losses.AddTo(means, lossValue, penalty?.ToScalar() ?? 0f, tape);
        return true;
    }

    /// <summary>The location of the first unusable value after a failed <see cref="Run"/>, found by running the layers again.</summary>
    public string PlaceOfFailure(Batch batch)
    {
        if (OverflowedValue(model) is { } overflowed) return overflowed;
        string? given = batch.InputTensors.Select(x => NotFinite(x, "input")).Concat(batch.TargetTensors.Select(y => NotFinite(y, "target"))).FirstOrDefault(t => t is not null);
        if (given is not null) return given;
        foreach (Parameter p in model.Parameters)
            if (p is { Trainable: true, Options.Regularizer: { } regularizer } && !float.IsFinite(regularizer.Penalty(p.Value).ToScalar()))
                return $"the penalty of {regularizer} for {p.Name} is not finite";
        (float magnitude, LayerSlot? largest) = (-1f, null);
        var again = new ForwardPass(model.Graph);
        for (int i = 0; i < batch.InputTensors.Count; i++) again[i] = batch.InputTensors[i];
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

        if (TapeFor(batch).Kept is { } gradients && compilation.Optimizer.FaultOf(model.Parameters, gradients) is { } fault) return fault;
        return string.Create(CultureInfo.InvariantCulture, $"no layer's output is infinite yet: the largest, {magnitude:G3}, is that of {largest}");
    }

    /// <summary>Says which value of a batch is not finite, if the options allow such values.</summary>
    private static string? NotFinite(Tensor tensor, string what)
    {
        if (tensor.IsInteger) return null;
        ReadOnlySpan<float> values = tensor.AsReadOnlySpan();
        if (Reductions.AllFinite(values)) return null;
        int i = 0, rowLength = tensor.Count / tensor.Shape[0];
        while (float.IsFinite(values[i])) i++;
        return FormattableString.Invariant($"the {what} at row {i / rowLength}, column {i % rowLength} of the batch is {values[i]}");
    }

    /// <summary>Says which parameter or state has values that are not finite; null if there is none.</summary>
    public static string? OverflowedValue(Model model) => model.Values.NotFinite is { } parameter ? $"{parameter.Name} has values that are not finite" : null;

    /// <summary>Releases the activations and gradients of all batch sizes: a trained model that only predicts does not need them.</summary>
    public void ReleaseBuffers() => tapes.Clear();

    /// <summary>A model without parameters may learn nothing; with parameters it is a mistake.</summary>
    private void RequireNothingToLearn()
    {
        if (model.Parameters.Count == 0) return;
        if (!model.Parameters.Any(p => p.Trainable) && model.Values.State.Count > 0) return;
        if (!model.Parameters.Any(p => p.Trainable))
            throw new InvalidOperationException($"No parameter is trainable, so nothing would be learned: set {nameof(Parameter.Trainable)} of at least one.");
        throw new InvalidOperationException(
            $"{string.Join(" and ", compilation.Objectives.Select(o => o.Loss.Name))} has no gradient, so nothing would be learned: compute it, and "
            + "the outputs of custom layers, with differentiable operations on the predictions, such as Abs, Square and Log, "
            + "not with Greater, ArgMax, ToArray or Clone.");
    }

    /// <summary>A tape reuses memory only for the same shapes, so there is one for each shape of the inputs.</summary>
    private Tape TapeFor(Batch batch)
    {
        for (int t = 0; t < tapes.Count; t++)
            if (AreShapes(tapes[t].Inputs, batch.InputTensors)) return tapes[t].Tape;
        if (tapes.Count == MostTapes) tapes.Clear();
        tapes.Add(([.. batch.InputTensors.Select(x => x.Shape)], Tape.Recycling(records: true)));
        return tapes[^1].Tape;
    }

    private static bool AreShapes(Shape[] shapes, IReadOnlyList<Tensor> of)
    {
        for (int i = 0; i < shapes.Length; i++)
            if (shapes[i] != of[i].Shape) return false;
        return true;
    }
}
