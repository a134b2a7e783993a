namespace DeepLearning;

/// <summary>What a model is trained with. Where the last layer and the loss belong together, the loss is computed from what comes before that layer.</summary>
internal sealed class Compilation
{
    public Compilation(Sequential model, Optimizer optimizer, Loss loss, IReadOnlyList<Metric> metrics)
    {
        if (optimizer.ClipsSeveralWays) throw new ArgumentException(Optimizer.OneWayOfClipping, nameof(optimizer));
        if (optimizer.UnknownExclusion(model.Parameters) is { } unknown) throw new ArgumentException(unknown, nameof(optimizer));
        Optimizer = optimizer;
        Loss = loss;
        Metrics = metrics;
        if (loss.FusedWith(model.Layers[^1]) is { } fused) (StepLoss, LastActivation) = (fused, (Activation)model.Layers[^1]);
        else StepLoss = loss;
        Names = ["loss", .. metrics.Select(m => m.Name)];
        if (Names.Distinct().Count() != Names.Count)
            throw new ArgumentException($"Two figures have the same name: {string.Join(", ", Names)}.", nameof(metrics));
    }

    public Optimizer Optimizer { get; }

    /// <summary>The loss as the user gave it.</summary>
    public Loss Loss { get; }

    /// <summary>The loss of a step: of the logits, where it is fused with <see cref="LastActivation"/>.</summary>
    public Loss StepLoss { get; }

    /// <summary>The last layer, where the loss includes it.</summary>
    public Activation? LastActivation { get; }

    public IReadOnlyList<Metric> Metrics { get; }

    /// <summary>loss and the metrics.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether more is better for a figure, validation or not.</summary>
    public bool HigherIsBetter(string name)
    {
        string plain = name.StartsWith("val_", StringComparison.Ordinal) ? name[4..] : name;
        return Metrics.Any(m => m.Name == plain && m.HigherIsBetter);
    }

    /// <summary>Checks data against the model and the loss, before anything is trained or evaluated.</summary>
    public void Validate(Sequential model, Dataset data, bool allowNonFinite)
    {
        ValidateValues(model, data.Inputs, data.Targets, allowNonFinite);
        data.RequireWeights();
        TryMetrics(model, data.Targets);
    }

    /// <summary>Checks inputs and targets against the model, the loss, and losses among the metrics; allocates nothing.</summary>
    public void ValidateValues(Sequential model, Tensor inputs, Tensor targets, bool allowNonFinite)
    {
        model.RequireInput(inputs.Shape);
        if (!allowNonFinite) Dataset.RequireFinite(inputs, targets);
        Loss.Validate(targets, model.OutputShape);
        for (int m = 0; m < Metrics.Count; m++)
            if (Metrics[m] is LossMetric shown) shown.Loss.Validate(targets, model.OutputShape);
    }

    /// <summary>Computes each metric of one sample.</summary>
    public void TryMetrics(Sequential model, Tensor targets)
    {
        foreach (Metric metric in Metrics) Try(metric, Tensor.Zeros(model.OutputShape.Prepend(1)), targets.RowsView(0, 1));
    }

    /// <summary>Computes a metric of one sample: one that does not fit these targets must fail before the first step, not after it.</summary>
    private static void Try(Metric metric, Tensor prediction, Tensor target)
    {
        Span<float> value = stackalloc float[1];
        try
        {
            metric.PerSample(prediction, target, value);
        }
        catch (Exception failure) when (failure is ArgumentException or IndexOutOfRangeException)
        {
            throw new ArgumentException(
                $"The metric {metric.Name} cannot be computed from a prediction {prediction.Shape} and a target {target.Shape}: {failure.Message}",
                nameof(target), failure);
        }
    }
}
