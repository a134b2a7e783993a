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
            run.Write($"Layer {slot.Number}", LayerKinds.BuiltIn.Describe(slot.Layer));
            if (LayerKinds.BuiltIn.Of(slot.Layer) is null && kinds.Of(slot.Layer) is not null)
                run.Write($"{KnownByKind}{slot.Number}", kinds.Describe(slot.Layer));
            foreach (LayerParameter parameter in slot.Parameters) run.Write(parameter.Parameter.Name, parameter.Parameter.Shape.ToString());
        }

        run.Write("Seed", unchecked((long)model.Seed));
        if (optimizer is not null) Write(run, "Optimizer", optimizer.GetType().Name, optimizer.Describe());
        return run;
    }

    /// <summary>A run of <c>Fit</c>.</summary>
    public static StateWriter Of(Sequential model, Compilation compilation, FitOptions options, IBatchSource batches, Dataset? validation)
    {
        StateWriter run = Of(model, compilation.Optimizer, options.Checkpoint!.LayerKinds);
        Write(run, "Loss", compilation.Loss.Name, compilation.Loss.Describe());
        run.Write("Metrics", string.Join(", ", compilation.Metrics.Select(m => m.Name)));
        foreach (Metric metric in compilation.Metrics)
        {
            StateWriter settings = run.Part($"Metric {metric.Name}");
            if (metric is LossMetric shown) Write(settings, "Loss", shown.Loss.Name, shown.Loss.Describe());
            else settings.Write("Kind", $"{metric}");
        }

        batches.Describe(run);
        run.Write("Validation rows", validation?.Count ?? 0);
        run.Write(nameof(FitOptions.BatchSize), options.BatchSize);
        run.Write(nameof(FitOptions.InitialEpoch), options.InitialEpoch);
        return run;
    }

    /// <summary>A part by its name, and each of its settings by the part's and its own: <c>Optimizer.Beta1</c>.</summary>
    private static void Write(StateWriter run, string part, string name, Settings settings)
    {
        run.Write(part, name);
        settings.WriteTo(run.Part(part));
    }
}
