namespace DeepLearning;

/// <summary>What a model is trained with. Where the last layer and the loss belong together, the loss is computed from what comes before that layer.</summary>
internal sealed class Compilation
{
    public Compilation(Sequential model, Optimizer optimizer, Loss loss, IReadOnlyList<Metric> metrics)
    {
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
        model.RequireInput(data.Inputs.Shape);
        if (!allowNonFinite) data.RequireFinite();
        Loss.Validate(data.Targets, model.OutputShape);
    }
}
