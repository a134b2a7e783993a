namespace DeepLearning;

/// <summary>The losses and the figures of a batch, from the values of a forward pass. Not thread-safe; each batch reuses its memory.</summary>
internal sealed class BatchLosses(Compilation compilation, ForwardPass pass)
{
    private readonly Tensor[] targets = new Tensor[compilation.Objectives.Length], losses = new Tensor[compilation.Objectives.Length];
    private readonly Tensor?[] counted = new Tensor?[compilation.Objectives.Length];
    private Tensor? weights;

    /// <summary>The sum of the outputs' losses, each times its weight.</summary>
    public Tensor Compute(Batch batch, Tape tape)
    {
        weights = batch.SampleWeights is { } given ? tape.Constant(given) : null;
        Tensor? total = null;
        for (int o = 0; o < losses.Length; o++)
        {
            Objective objective = compilation.Objectives[o];
            Tensor output = pass[objective.StepValue];
            targets[o] = LossShapes.Align(tape.Constant(batch.TargetTensors[o]), output);
            losses[o] = objective.StepLoss.Compute(output, targets[o], weights);
            counted[o] = objective.StepLoss.Counted(output, targets[o]);
            Tensor share = objective.Weight is { } weight ? losses[o] * weight : losses[o];
            total = total is null ? share : total + share;
        }

        return total!;
    }

    /// <summary>What regularizers and layers add to the loss of the batch; null if nothing.</summary>
    public static Tensor? Penalty(Model model, Tape tape)
    {
        Tensor? ofParameters = model.Parameters.Penalty(tape), ofLayers = tape.AddedLoss;
        return ofParameters is null ? ofLayers : ofLayers is null ? ofParameters : ofParameters + ofLayers;
    }

    /// <summary>Adds the losses and the metrics of the batch. Not recorded: metrics are computed the same way in training and in validation.</summary>
    public void AddTo(RunningFigures figures, float total, float penalty, Tape tape)
    {
        figures.Add(total, penalty, targets[0].Shape.Dimensions[0], weights, counted[0]);
        for (int o = 0; o < losses.Length; o++)
        {
            Objective objective = compilation.Objectives[o];
            Tensor logits = pass[objective.StepValue], output = logits;
            if (objective.Forms.Count > 0)
            {
                logits = output = tape.Constant(logits);
                if (objective.LastActivation is { } last) output = last.Apply(output);
            }

            figures.Add(o, losses[o].ToScalar(), logits, output, targets[o], weights, counted[o]);
        }
    }
}
