namespace DeepLearning;

/// <summary>What must be the same for a checkpoint to keep its meaning: the model, what it is trained with, and on how much data.</summary>
internal static class RunDescription
{
    /// <summary>Of custom layers, whose settings only a run knows that has their kinds: compared where both runs know them.</summary>
    public const string KnownByKind = "Settings of layer ";

    /// <summary>The model and the optimizer: enough for a custom loop.</summary>
    public static StateWriter Of(Sequential model, Optimizer? optimizer, LayerKinds kinds)
    {
        var run = new StateWriter();
        run.Write("Input", model.InputShape.ToString());
        foreach (LayerSlot slot in model.Slots)
        {
            run.Write($"Layer {slot.Number}", Sequential.DescribeLayer(slot.Layer, LayerKinds.BuiltIn));
            if (LayerKinds.BuiltIn.Of(slot.Layer) is null && kinds.Of(slot.Layer) is not null)
                run.Write($"{KnownByKind}{slot.Number}", Sequential.DescribeLayer(slot.Layer, kinds));
            foreach (LayerParameter parameter in slot.Parameters) run.Write(parameter.Parameter.Name, parameter.Parameter.Shape.ToString());
        }

        run.Write("Seed", unchecked((long)model.Seed));
        optimizer?.Describe(run);
        return run;
    }

    /// <summary>A run of <c>Fit</c>.</summary>
    public static StateWriter Of(Sequential model, Compilation compilation, FitOptions options, IBatchSource batches, Dataset? validation)
    {
        StateWriter run = Of(model, compilation.Optimizer, options.Checkpoint!.LayerKinds);
        compilation.Loss.Describe(run);
        run.Write("Metrics", string.Join(", ", compilation.Metrics.Select(m => m.Name)));
        foreach (Metric metric in compilation.Metrics)
        {
            StateWriter settings = run.Part($"Metric {metric.Name}");
            settings.Write(nameof(Metric.Weighted), metric.Weighted);
            if (metric is LossMetric shown) shown.Loss.Describe(settings);
            else settings.Write("Kind", $"{metric}");
        }

        batches.Describe(run);
        run.Write("Validation rows", validation?.Count ?? 0);
        run.Write(nameof(FitOptions.BatchSize), options.BatchSize);
        run.Write(nameof(FitOptions.InitialEpoch), options.InitialEpoch);
        return run;
    }
}
