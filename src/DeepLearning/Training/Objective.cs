namespace DeepLearning;

/// <summary>
/// What one output of a model is trained with. If the loss can be fused with the layer that computes the output, it is computed from that layer's input.
/// </summary>
internal sealed class Objective
{
    /// <param name="model">The model.</param>
    /// <param name="output">Which of its outputs.</param>
    /// <param name="given">The loss, its weight and the metrics.</param>
    /// <exception cref="ArgumentException">Nothing can be learned, or a metric has no meaning with this loss.</exception>
    public Objective(Model model, int output, OutputLoss given)
    {
        (Loss, Metrics, OutputShape) = (given.Loss, given.Metrics, model.Outputs[output].Shape);
        Weight = given.Weight == 1 ? null : Tensor.Scalar(given.Weight);
        RequireLearnable();
        int value = model.Graph.OutputValues[output];
        LayerSlot last = model.Graph.MakerOf(value)
            ?? throw new ArgumentException($"The output {model.Outputs[output].Name} is an input of the model: there is nothing to train.");
        if (Loss.FusedWith(last.Layer) is { } fused) (StepLoss, LastActivation, StepValue) = (fused, (Activation)last.Layer, last.Sources[0]);
        else (StepLoss, StepValue) = (Loss, value);
        Last = last.Layer;
        Forms = [.. Metrics.Select(m => m.FormFor(Loss, last.Layer, OutputShape))];
        GivesProbabilities = Loss.OfLogits && Forms.Any(form => !form.TakesLogits);
        if (GivesProbabilities) RequireProbabilities();
        if (Forms.FirstOrDefault(form => form.Size < 0) is { } wrong)
            throw new ArgumentException($"The metric {wrong.Name} has {wrong.Size} sums: {nameof(Metric.Size)} is 0 or more.");
    }

    /// <summary>The loss as the user gave it.</summary>
    public Loss Loss { get; }

    /// <summary>The factor of the loss in the total; null for 1.</summary>
    public Tensor? Weight { get; }

    /// <summary>The loss of a step: of the logits, if it is fused with <see cref="LastActivation"/>.</summary>
    public Loss StepLoss { get; }

    /// <summary>The layer that computes the output, if the loss includes it.</summary>
    public Activation? LastActivation { get; }

    /// <summary>The layer that computes the output.</summary>
    public Layer Last { get; }

    /// <summary>The value in the model's graph that a step's loss is computed from.</summary>
    public int StepValue { get; }

    /// <summary>The shape of one prediction.</summary>
    public Shape OutputShape { get; }

    /// <summary>The metrics as the user gave them.</summary>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <summary>The metrics as computed with this loss and this last layer.</summary>
    public IReadOnlyList<Metric> Forms { get; }

    /// <summary>Whether outputs are logits, and a metric is given their probabilities.</summary>
    public bool GivesProbabilities { get; }

    /// <summary>What a metric takes of outputs: their probabilities, if they are logits and it does not take those.</summary>
    public Tensor Probabilities(Tensor outputs) => Loss.Targets == TargetKind.Binary ? outputs.Sigmoid() : outputs.Softmax();

    /// <summary>Checks targets against the loss and the metrics; allocates nothing.</summary>
    public void Validate(Tensor targets, ClassLabels? labels)
    {
        if (labels is not null && Loss.IsRegression) labels.RequireQuantities(targets, Loss.Name);
        Loss.Validate(targets, OutputShape);
        for (int m = 0; m < Forms.Count; m++)
        {
            if (labels is not null && Forms[m] is LossMetric { Loss.IsRegression: true } shown) labels.RequireQuantities(targets, shown.Loss.Name);
            if (!IsChecked(Forms[m])) Forms[m].Validate(targets, OutputShape);
        }
    }

    /// <summary>Computes each metric for one sample: one that does not fit these targets must fail before the first step, not after it.</summary>
    public void TryMetrics(Tensor targets)
    {
        Tensor prediction = Tensor.Zeros(OutputShape.Prepend(1)), target = LossShapes.Align(targets.RowsView(0, 1), prediction);
        foreach (Metric form in Forms) Try(form, prediction, target);
    }

    private static void Try(Metric metric, Tensor prediction, Tensor target)
    {
        try
        {
            var sums = new MetricSums(metric.Size);
            metric.Accumulate(prediction, target, weights: null, sums);
            if (metric.Weighted) metric.Accumulate(prediction, target, Tensor.Ones([1]), sums);
            metric.Result(sums);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw new ArgumentException(
                $"The metric {metric.Name} cannot be computed from a prediction {prediction.Shape} and a target {target.Shape}, on which it is tested before training (return NaN if there is no result): {failure.Message}", failure);
        }
    }

    /// <summary>Whether the loss has already checked the same values in the same way: a stream's batches are checked at every step.</summary>
    private bool IsChecked(Metric form)
        => Loss.Targets == TargetKind.OneHot && form is CategoricalAccuracy || Loss.Targets == TargetKind.Labels && form is SparseCategoricalAccuracy;

    /// <summary>Refuses metrics that do not take logits, where those are not of probabilities: the sigmoid of a logarithm says nothing.</summary>
    private void RequireProbabilities()
    {
        if (Loss.Targets is TargetKind.Binary or TargetKind.OneHot or TargetKind.Labels) return;
        throw new ArgumentException(
            $"The metric {Forms.First(form => !form.TakesLogits).Name} does not take logits, but {Loss.Name} does, and no probabilities can be made of "
            + $"them: end the model with the activation that belongs to the loss, or override {nameof(Metric.TakesLogits)} in a metric of your own.");
    }

    /// <summary>Refuses losses over a single class.</summary>
    private void RequireLearnable()
    {
        Loss.RequireOutput(OutputShape);
        foreach (Metric metric in Metrics)
            if (metric is LossMetric shown) shown.Loss.RequireOutput(OutputShape);
    }
}
