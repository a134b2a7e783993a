namespace DeepLearning;

/// <summary>What must be the same for a checkpoint to be usable: the model, how it is trained, and on how much data.</summary>
internal static class RunDescription
{
    /// <summary>The model and the optimizer: enough for a custom loop.</summary>
    public static StateWriter Of(Model model, Optimizer? optimizer, LayerKinds kinds)
    {
        var run = new StateWriter();
        if (model.Graph.Inputs is [var only]) run.Write("Input", only.Shape.ToString());
        else
            foreach (ModelInput input in model.Inputs) run.Write($"Input {input.Name}", input.Shape.ToString());
        foreach (LayerSlot slot in model.Slots)
        {
            run.Write($"Layer {slot.Number}", LayerKinds.BuiltIn.Describe(slot.Layer));
            if (LayerKinds.BuiltIn.Of(slot.Layer) is null && kinds.Of(slot.Layer) is not null)
                run.Write($"{CheckpointFile.KnownByKind}{slot.Number}", kinds.Describe(slot.Layer));
            if (!model.Graph.IsChain) run.Write($"Layer {slot.Number} takes", string.Join(", ", slot.Sources.Select(model.Graph.NameOf)));
            if (slot.Call > 0) continue;
            foreach (LayerParameter parameter in slot.Parameters.Concat(slot.State))
                run.Write(parameter.Parameter.Name, $"{parameter.Parameter.Shape}{parameter.Parameter.Options.Settings}");
        }

        run.Write("Seed", unchecked((long)model.Seed));
        if (optimizer is not null) Write(run, CheckpointFile.OptimizerPart, optimizer.GetType().Name, optimizer.Describe());
        return run;
    }

    /// <summary>A run of <c>Fit</c>.</summary>
    public static StateWriter Of(FitRun of)
    {
        (Compilation compilation, FitOptions options) = (of.Compilation, of.Options);
        StateWriter run = Of(of.Model, compilation.Optimizer, options.Checkpoint!.LayerKinds);
        for (int o = 0; o < compilation.Objectives.Length; o++)
            Write(compilation.Objectives.Length == 1 ? run : run.Part($"Output {of.Model.Outputs[o].Name}"), compilation.Objectives[o]);
        of.Batches.Source.Describe(run, options.Shuffle);
        if (of.Validation is { Source.InMemory: null }) of.Validation.Source.Describe(run.Part("Validation"), shuffles: false);
        else run.Write("Validation rows", of.Validation?.Source.InMemory?.Count ?? 0);
        run.Write(nameof(FitOptions.BatchSize), options.BatchSize);
        if (options.ClassWeights is { } weights) run.Write(nameof(FitOptions.ClassWeights), weights.ToString());
        run.Write(nameof(FitOptions.InitialEpoch), options.InitialEpoch);
        return run;
    }

    private static void Write(StateWriter run, Objective objective)
    {
        Write(run, "Loss", objective.Loss.Name, objective.Loss.Describe());
        if (objective.Weight is { } weight) run.Write("Loss weight", weight.ToScalar());
        run.Write("Metrics", string.Join(", ", objective.Metrics.Select(m => m.Name)));
        foreach (Metric metric in objective.Metrics)
        {
            StateWriter settings = run.Part($"Metric {metric.Name}");
            settings.Write(nameof(Metric.Weighted), metric.Weighted);
            if (metric is LossMetric shown) Write(settings, "Loss", shown.Loss.Name, shown.Loss.Describe());
            else settings.Write("Kind", $"{metric}");
        }
    }

    /// <summary>A part under its name, and each of its settings under the two names joined: <c>Optimizer.Beta1</c>.</summary>
    private static void Write(StateWriter run, string part, string name, Settings settings)
    {
        run.Write(part, name);
        settings.WriteTo(run.Part(part));
    }
}
