using System.Globalization;
using System.Numerics.Tensors;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>One step: forward, loss, backward, update, metrics. Nothing is allocated after the first steps.</summary>
internal sealed class TrainingStep
{
    private readonly Model model;
    private readonly Compilation compilation;
    private readonly ObjectivePass pass;
    private SharpnessPass? sharpness;

    public TrainingStep(Model model, Compilation compilation)
        => (this.model, this.compilation, pass) = (model, compilation, new ObjectivePass(model, compilation));

    /// <summary>Trains on a batch and adds its figures. False, with nothing changed, if the loss is not finite or a gradient cannot be taken.</summary>
    /// <exception cref="InvalidOperationException">The model has parameters, but the loss has no gradient.</exception>
    public bool Run(Batch batch, RunningFigures means, out float lossValue)
    {
        Optimizer optimizer = compilation.Optimizer;
        Tensor total = pass.Run(batch);
        lossValue = total.ToScalar();
        if (!float.IsFinite(lossValue)) return false;
        if (pass.HasGradient)
        {
            Gradients? gradients = pass.Tape.Gradients(total);
            if (!optimizer.Takes(model.Parameters, gradients)) return false;
            if (optimizer.SharpnessRho is { } rho)
            {
                gradients = (sharpness ??= new SharpnessPass(model, compilation)).Gradients(batch, gradients, (float)rho);
                if (gradients is null || !optimizer.Takes(model.Parameters, gradients)) return false;
            }

            optimizer.UpdateTaken(model.Parameters, gradients);
        }
        else
        {
            RequireNothingToLearn();
            StagedState staged = pass.Tape.StagedStates;
            if (staged.NotFinite(model.Values.State) is not null) return false;
            staged.Commit(model.Values.State);
        }

        model.StepsTrained++;
        pass.AddTo(means);
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

        if (pass.TapeFor(batch).Kept is { } gradients && compilation.Optimizer.FaultOf(model.Parameters, gradients) is { } fault) return fault;
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
    public void ReleaseBuffers()
    {
        pass.ReleaseBuffers();
        sharpness = null;
    }

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
}
