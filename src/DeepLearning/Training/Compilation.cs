namespace DeepLearning;

/// <summary>What a model is trained with: an optimizer, and an objective for each output.</summary>
internal sealed class Compilation
{
    public Compilation(Model model, Optimizer optimizer, IReadOnlyList<OutputLoss> outputs)
    {
        if (optimizer.ClipsSeveralWays) throw new ArgumentException(Optimizer.OneWayOfClipping, nameof(optimizer));
        if (optimizer.UnknownExclusion(model.Parameters) is { } unknown) throw new ArgumentException(unknown, nameof(optimizer));
        if (outputs.Count != model.Outputs.Count)
            throw new ArgumentException(
                $"The model has {model.Outputs.Count} outputs, {string.Join(", ", model.Outputs.Select(o => o.Name))}: each needs a loss, got {outputs.Count}.", nameof(outputs));
        RequireSeveralValues(model);
        Optimizer = optimizer;
        Figures = [.. FiguresOf(model, outputs)];
        Names = [.. Figures.Select(f => f.Name)];
        RequireNames();
        Objectives = [.. outputs.Select((given, output) => new Objective(model, output, given))];
        Plan = model.Graph.PlanFor(Array.ConvertAll(Objectives, o => o.StepValue));
    }

    public Optimizer Optimizer { get; }

    /// <summary>What each output is trained with.</summary>
    public Objective[] Objectives { get; }

    /// <summary>The layers that a step computes.</summary>
    public int[] Plan { get; }

    /// <summary>The names of all figures: <c>loss</c>, the loss of each output if there are several, and the metrics.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The metrics in the form they take in this model.</summary>
    public IReadOnlyList<Metric> Forms => [.. Objectives.SelectMany(o => o.Forms)];

    /// <summary>Each figure with its metric; null for a loss.</summary>
    private (string Name, Metric? Metric)[] Figures { get; }

    /// <summary>Whether higher is better for a figure of training or validation.</summary>
    public bool HigherIsBetter(string name)
    {
        // An output's own name may start with val_.
        string plain = !Names.Contains(name) && name.StartsWith("val_", StringComparison.Ordinal) ? name[4..] : name;
        return Figures.Any(f => f.Name == plain && f.Metric is { HigherIsBetter: true });
    }

    /// <summary>Checks data against the model and the losses, before anything is trained or evaluated.</summary>
    public void Validate(Model model, Dataset data, bool allowNonFinite)
    {
        ValidateValues(model, data.InputTensors, data.TargetTensors, data.ClassLabels, allowNonFinite);
        ClassLabels.RequireAgreement(model.ClassNames, "the model", data.ClassNames, "the data");
        data.RequireWeights();
        TryMetrics(data.TargetTensors);
    }

    /// <summary>Checks inputs and targets against the model, the losses and the metrics; allocates nothing.</summary>
    public void ValidateValues(Model model, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> targets, ClassLabels? labels, bool allowNonFinite)
    {
        model.RequireInputCount(inputs.Count);
        if (targets.Count != Objectives.Length)
            throw new ArgumentException($"The model has {Objectives.Length} outputs, but the data has {targets.Count} targets: each output needs its own.", nameof(targets));
        for (int i = 0; i < inputs.Count; i++) model.RequireInput(inputs[i], i);
        if (!allowNonFinite) Dataset.RequireFinite(inputs, targets);
        for (int o = 0; o < Objectives.Length; o++) Objectives[o].Validate(targets[o], labels);
    }

    /// <summary>Computes each metric for one sample.</summary>
    public void TryMetrics(IReadOnlyList<Tensor> targets)
    {
        for (int o = 0; o < Objectives.Length; o++) Objectives[o].TryMetrics(targets[o]);
    }

    /// <summary>Writes the losses and the metrics on some batches, in the order of <see cref="Names"/>.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public void Measure(Model model, IEnumerable<Batch> batches, int batchSize, Span<float> figures, InferenceWorkspace workspace, CancellationToken cancellation)
    {
        var means = new RunningFigures(this);
        var losses = new BatchLosses(this, workspace.Pass);
        foreach (Batch batch in batches)
        {
            cancellation.ThrowIfCancellationRequested();
            Tape tape = workspace.For(batch.Count, batchSize);
            workspace.Pass.Take(batch.InputTensors, tape);
            workspace.Pass.Run(Plan, tape, training: false, model.Seed, step: 0);
            Tensor total = losses.Compute(batch, tape);
            Tensor? penalty = BatchLosses.Penalty(model, tape);
            if (penalty is not null) total += penalty;
            losses.AddTo(means, total.ToScalar(), penalty?.ToScalar() ?? 0f, tape);
        }

        if (means.Samples == 0) throw new ArgumentException("There were no batches to evaluate.", nameof(batches));
        means.CopyTo(figures);
    }

    private static IEnumerable<(string Name, Metric? Metric)> FiguresOf(Model model, IReadOnlyList<OutputLoss> outputs)
    {
        yield return ("loss", null);
        for (int o = 0; o < outputs.Count; o++)
        {
            string output = outputs.Count == 1 ? "" : $"{model.Outputs[o].Name}_";
            if (output.Length > 0) yield return ($"{output}loss", null);
            foreach (Metric metric in outputs[o].Metrics)
            {
                if (string.IsNullOrWhiteSpace(metric.Name)) throw new ArgumentException($"A metric needs a name, but that of {metric} is empty.");
                yield return ($"{output}{metric.Name}", metric);
            }
        }
    }

    /// <summary>Refuses layers whose gradient is zero everywhere: a softmax over one value is always 1.</summary>
    private static void RequireSeveralValues(Model model)
    {
        foreach (LayerSlot slot in model.Slots)
            if (slot.Layer.OutputMeaning.IsOverClasses() && slot.Output is { Rank: > 0 } output && output[-1] == 1)
                throw new ArgumentException(
                    $"{slot} is over a single value, {slot.Output.WithBatch()}: it gives {(slot.Layer.OutputMeaning is OutputMeaning.Probabilities ? 1 : 0)} "
                    + "for every input, so no layer before it learns. For yes or no use Dense(1).Sigmoid() with BinaryCrossEntropy, or Dense(2).Softmax().");
    }

    /// <summary>Refuses names already taken by another figure, including validation figures, which may be added later.</summary>
    private void RequireNames()
    {
        string[] all = [.. Names, .. Names.Select(name => "val_" + name)];
        if (all.CountBy(name => name).FirstOrDefault(name => name.Value > 1).Key is not { } twice) return;
        throw new ArgumentException(
            $"Two figures have the same name, {twice}: the metrics are called {string.Join(", ", Figures.Where(f => f.Metric is not null).Select(f => f.Name))}, the "
            + $"loss is called loss, and validation adds val_. Give one another name, as new {nameof(BinaryAccuracy)}(0.7, name: \"at_0.7\") and new "
            + $"{nameof(LossMetric)}(loss, name: \"…\") do.");
    }
}
