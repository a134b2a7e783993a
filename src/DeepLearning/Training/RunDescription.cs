namespace DeepLearning;

/// <summary>What must be the same for a checkpoint to keep its meaning: the model, what it is trained with, and on how much data.</summary>
internal static class RunDescription
{
    /// <summary>The model and the optimizer: enough for a custom loop.</summary>
    public static StateWriter Of(Sequential model, Optimizer? optimizer)
    {
        var run = new StateWriter();
        run.Write("Input", model.InputShape.ToString());
        foreach (LayerSlot slot in model.Slots)
        {
            run.Write($"Layer {slot.Number}", Sequential.DescribeLayer(slot.Layer));
            foreach (LayerParameter parameter in slot.Parameters) run.Write(parameter.Parameter.Name, parameter.Parameter.Shape.ToString());
        }

        run.Write("Seed", unchecked((long)model.Seed));
        optimizer?.Describe(run);
        return run;
    }

    /// <summary>A run of <c>Fit</c>.</summary>
    public static StateWriter Of(Sequential model, Compilation compilation, FitOptions options, IBatchSource batches, Dataset? validation)
    {
        StateWriter run = Of(model, compilation.Optimizer);
        compilation.Loss.Describe(run);
        run.Write("Metrics", string.Join(", ", compilation.Metrics.Select(m => m.Name)));
        batches.Describe(run);
        run.Write("Validation rows", validation?.Count ?? 0);
        run.Write(nameof(FitOptions.BatchSize), options.BatchSize);
        run.Write(nameof(FitOptions.InitialEpoch), options.InitialEpoch);
        return run;
    }
}
