namespace DeepLearning;

/// <summary>
/// The loss of a batch in training, penalties included, on a tape. A tape for each batch shape reuses the same tensors at every step, so that nothing is
/// allocated after the first steps.
/// </summary>
internal sealed class ObjectivePass(Model model, Compilation compilation)
{
    /// <summary>The number of batch shapes whose tapes are kept: a stream of ever-changing shapes must not fill the memory.</summary>
    private const int MostTapes = 8;

    private readonly ForwardPass pass = new(model.Graph);
    private readonly List<(Shape[] Inputs, Tape Tape)> tapes = [];
    private BatchLosses? losses;
    private Tensor? loss, penalty, total;

    /// <summary>The tape of the last pass.</summary>
    public Tape Tape { get; private set; } = null!;

    /// <summary>Whether the loss of the last pass depends on a parameter.</summary>
    public bool HasGradient => Tape.IsTracked(loss);

    /// <summary>Computes the loss at the current weights, with the random numbers of the current step.</summary>
    public Tensor Run(Batch batch)
    {
        Tape = TapeFor(batch);
        Tape.Reset();
        pass.Take(batch.InputTensors, Tape);
        model.RequireInputs(pass);
        pass.Run(compilation.Plan, Tape, training: true, model.Seed, model.StepsTrained);
        loss = (losses ??= new BatchLosses(compilation, pass)).Compute(batch, Tape);
        penalty = model.Parameters.Penalty(Tape);
        return total = penalty is null ? loss : loss + penalty;
    }

    /// <summary>Adds the loss and the metrics of the last pass.</summary>
    public void AddTo(RunningFigures figures) => losses!.AddTo(figures, total!.ToScalar(), penalty?.ToScalar() ?? 0f, Tape);

    /// <summary>A tape reuses memory only for the same shapes, so there is one for each shape of the inputs.</summary>
    public Tape TapeFor(Batch batch)
    {
        for (int t = 0; t < tapes.Count; t++)
            if (AreShapes(tapes[t].Inputs, batch.InputTensors)) return tapes[t].Tape;
        if (tapes.Count == MostTapes) tapes.Clear();
        tapes.Add(([.. batch.InputTensors.Select(x => x.Shape)], Tape.Recycling(records: true)));
        return tapes[^1].Tape;
    }

    /// <summary>Releases the activations and gradients of all batch sizes.</summary>
    public void ReleaseBuffers() => tapes.Clear();

    private static bool AreShapes(Shape[] shapes, IReadOnlyList<Tensor> of)
    {
        for (int i = 0; i < shapes.Length; i++)
            if (shapes[i] != of[i].Shape) return false;
        return true;
    }
}
