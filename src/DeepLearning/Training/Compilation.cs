namespace DeepLearning;

/// <summary>What a model is trained with. Where the last layer and the loss belong together, the loss is computed from what comes before that layer.</summary>
internal sealed class Compilation
{
    public Compilation(Model model, Optimizer optimizer, Loss loss, IReadOnlyList<Metric> metrics)
    {
        if (optimizer.ClipsSeveralWays) throw new ArgumentException(Optimizer.OneWayOfClipping, nameof(optimizer));
        if (optimizer.UnknownExclusion(model.Parameters) is { } unknown) throw new ArgumentException(unknown, nameof(optimizer));
        Optimizer = optimizer;
        Loss = loss;
        Metrics = metrics;
        RequireLearnable(model, loss, metrics);
        int output = model.Graph.OutputValues[0];
        LayerSlot last = model.Graph.MakerOf(output) ?? throw new ArgumentException("The output is an input of the model: there is nothing to train.");
        if (loss.FusedWith(last.Layer) is { } fused) (StepLoss, LastActivation, StepValue) = (fused, (Activation)last.Layer, last.Sources[0]);
        else (StepLoss, StepValue) = (loss, output);
        Plan = model.Graph.PlanFor([StepValue]);
        Names = ["loss", .. metrics.Select(m => m.Name)];
        RequireNames(metrics);
        Forms = [.. metrics.Select(m => m.FormFor(loss, last.Layer, model.OutputShape))];
        if (Forms.FirstOrDefault(form => form.Size < 0) is { } wrong)
            throw new ArgumentException($"The metric {wrong.Name} has {wrong.Size} sums: {nameof(Metric.Size)} is 0 or more.", nameof(metrics));
    }

    public Optimizer Optimizer { get; }

    /// <summary>The loss as the user gave it.</summary>
    public Loss Loss { get; }

    /// <summary>The loss of a step: of the logits, where it is fused with <see cref="LastActivation"/>.</summary>
    public Loss StepLoss { get; }

    /// <summary>The last layer, where the loss includes it.</summary>
    public Activation? LastActivation { get; }

    /// <summary>The value of the model's graph that the loss of a step takes.</summary>
    public int StepValue { get; }

    /// <summary>The layers that a step computes.</summary>
    public int[] Plan { get; }

    /// <summary>The metrics as the user gave them.</summary>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <summary>What computes each of them, with this loss and this last layer.</summary>
    public IReadOnlyList<Metric> Forms { get; }

    /// <summary>loss and the metrics.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether more is better for a figure, validation or not.</summary>
    public bool HigherIsBetter(string name)
    {
        string plain = name.StartsWith("val_", StringComparison.Ordinal) ? name[4..] : name;
        return Metrics.Any(m => m.Name == plain && m.HigherIsBetter);
    }

    /// <summary>Checks data against the model and the loss, before anything is trained or evaluated.</summary>
    public void Validate(Model model, Dataset data, bool allowNonFinite)
    {
        ValidateValues(model, data.Inputs, data.Targets, data.ClassLabels, allowNonFinite);
        ClassLabels.RequireAgreement(model.ClassNames, "the model", data.ClassNames, "the data");
        data.RequireWeights();
        TryMetrics(model, data.Targets);
    }

    /// <summary>Checks inputs and targets against the model, the loss and the metrics; allocates nothing.</summary>
    public void ValidateValues(Model model, Tensor inputs, Tensor targets, ClassLabels? labels, bool allowNonFinite)
    {
        model.RequireInput(inputs.Shape);
        if (!allowNonFinite) Dataset.RequireFinite(inputs, targets);
        if (labels is not null && Loss.IsRegression) labels.RequireQuantities(targets, Loss.Name);
        Loss.Validate(targets, model.OutputShape);
        for (int m = 0; m < Forms.Count; m++)
        {
            if (labels is not null && Forms[m] is LossMetric { Loss.IsRegression: true } shown) labels.RequireQuantities(targets, shown.Loss.Name);
            if (!IsChecked(Forms[m])) Forms[m].Validate(targets, model.OutputShape);
        }
    }

    /// <summary>Whether the loss has looked at the same values in the same way: a stream's batches are checked at every step.</summary>
    private bool IsChecked(Metric form)
        => Loss.Targets == TargetKind.OneHot && form is CategoricalAccuracy || Loss.Targets == TargetKind.Labels && form is SparseCategoricalAccuracy;

    /// <summary>Computes each metric of one sample.</summary>
    public void TryMetrics(Model model, Tensor targets)
    {
        Tensor prediction = Tensor.Zeros(model.OutputShape.Prepend(1)), target = Loss.Align(targets.RowsView(0, 1), prediction);
        foreach (Metric form in Forms) Try(form, prediction, target);
    }

    /// <summary>Writes the loss and the metrics on some batches, in the order of <see cref="Names"/>.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public void Measure(Model model, IEnumerable<Batch> batches, int batchSize, Span<float> figures, InferenceWorkspace workspace, CancellationToken cancellation)
    {
        var means = new RunningFigures(this);
        foreach (Batch batch in batches)
        {
            cancellation.ThrowIfCancellationRequested();
            Tape tape = workspace.For(batch.Count, batchSize);
            workspace.Pass[0] = tape.Constant(batch.Inputs);
            workspace.Pass.Run(Plan, tape, training: false, model.Seed, step: 0);
            Tensor output = workspace.Pass[StepValue], targets = Loss.Align(tape.Constant(batch.Targets), output);
            Tensor? weights = batch.SampleWeights is null ? null : tape.Constant(batch.SampleWeights);
            Tensor loss = StepLoss.Compute(output, targets, weights);
            if (model.Parameters.Penalty(tape) is { } penalty) loss += penalty;
            means.Add(loss.ToScalar(), output, LastActivation?.Apply(output) ?? output, targets, weights);
        }

        if (means.Samples == 0) throw new ArgumentException("There were no batches to evaluate.", nameof(batches));
        means.CopyTo(figures);
    }

    /// <summary>Refuses what has no gradient anywhere: a softmax over one value, which is always 1, and losses of a single class.</summary>
    private static void RequireLearnable(Model model, Loss loss, IReadOnlyList<Metric> metrics)
    {
        foreach (LayerSlot slot in model.Slots)
            if (slot.Layer is Softmax or LogSoftmax && slot.Output[-1] == 1)
                throw new ArgumentException(
                    $"{slot} goes over a single value, {slot.Output.WithBatch()}: it gives {(slot.Layer is Softmax ? 1 : 0)} whatever comes in, " +
                    "and nothing before it learns. For yes or no use Dense(1).Sigmoid() with BinaryCrossEntropy, or Dense(2).Softmax().");
        loss.RequireOutput(model.OutputShape);
        foreach (Metric metric in metrics)
            if (metric is LossMetric shown) shown.Loss.RequireOutput(model.OutputShape);
    }

    /// <summary>Refuses metrics without a name, and those that another figure has: also of the validation, which may come later.</summary>
    private void RequireNames(IReadOnlyList<Metric> metrics)
    {
        foreach (Metric metric in metrics)
            if (string.IsNullOrWhiteSpace(metric.Name)) throw new ArgumentException($"A metric needs a name, but that of {metric} is empty.", nameof(metrics));
        string[] all = [.. Names, .. Names.Select(name => "val_" + name)];
        if (all.CountBy(name => name).FirstOrDefault(name => name.Value > 1).Key is not { } twice) return;
        throw new ArgumentException(
            $"Two figures have the same name, {twice}: the metrics are called {string.Join(", ", Names.Skip(1))}, the loss is called loss, and validation "
            + $"adds val_. Give one another name, as new {nameof(BinaryAccuracy)}(0.7, name: \"at_0.7\") and new {nameof(LossMetric)}(loss, name: \"…\") do.",
            nameof(metrics));
    }

    /// <summary>Computes a metric of one sample: one that does not fit these targets must fail before the first step, not after it.</summary>
    private static void Try(Metric metric, Tensor prediction, Tensor target)
    {
        try
        {
            var sums = new MetricSums(metric.Size);
            metric.Accumulate(prediction, target, weights: null, sums);
            if (metric.Weighted) metric.Accumulate(prediction, target, Tensor.Ones([1]), sums);
            metric.Result(sums);
        }
        catch (Exception failure) when (failure is ArgumentException or IndexOutOfRangeException)
        {
            throw new ArgumentException(
                $"The metric {metric.Name} cannot be computed from a prediction {prediction.Shape} and a target {target.Shape}: {failure.Message}", failure);
        }
    }
}
