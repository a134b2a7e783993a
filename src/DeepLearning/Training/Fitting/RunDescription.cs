using System.Buffers;
using System.Text;
using System.Text.Json;

namespace DeepLearning;

/// <summary>What must be the same for a checkpoint to keep its meaning: the model, what it is trained with, and on how much data.</summary>
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
            run.Write($"Layer {slot.Number}", DescribeLayer(slot.Layer, LayerKinds.BuiltIn));
            if (LayerKinds.BuiltIn.Of(slot.Layer) is null && kinds.Of(slot.Layer) is not null)
                run.Write($"{CheckpointFile.KnownByKind}{slot.Number}", DescribeLayer(slot.Layer, kinds));
            if (!slot.InChain) run.Write($"Layer {slot.Number} takes", string.Join(", ", slot.Sources.Select(model.Graph.NameOf)));
            if (slot.Call > 0) continue;
            foreach (LayerParameter parameter in slot.Parameters.Concat(slot.State))
                run.Write(parameter.Parameter.Name, $"{parameter.Parameter.Shape}{parameter.Parameter.Options.Settings}");
        }

        run.Write("Seed", unchecked((long)model.Seed));
        optimizer?.Describe(run);
        return run;
    }

    /// <summary>A run of <c>Fit</c>.</summary>
    public static StateWriter Of(FitRun of)
    {
        (Compilation compilation, FitOptions options) = (of.Compilation, of.Options);
        StateWriter run = Of(of.Model, compilation.Optimizer, options.Checkpoint!.LayerKinds);
        compilation.Loss.Describe(run);
        run.Write("Metrics", string.Join(", ", compilation.Metrics.Select(m => m.Name)));
        foreach (Metric metric in compilation.Metrics)
        {
            StateWriter settings = run.Part($"Metric {metric.Name}");
            settings.Write(nameof(Metric.Weighted), metric.Weighted);
            if (metric is LossMetric shown) shown.Loss.Describe(settings);
            else settings.Write("Kind", $"{metric}");
        }

        of.Batches.Source.Describe(run, options.Shuffle);
        if (of.Validation is { Source.InMemory: null }) of.Validation.Source.Describe(run.Part("Validation"), shuffles: false);
        else run.Write("Validation rows", of.Validation?.Source.InMemory?.Count ?? 0);
        run.Write(nameof(FitOptions.BatchSize), options.BatchSize);
        run.Write(nameof(FitOptions.InitialEpoch), options.InitialEpoch);
        return run;
    }

    /// <summary>A layer with all its settings; one that is of none of these kinds as it prints itself.</summary>
    private static string DescribeLayer(Layer layer, LayerKinds kinds)
    {
        if (kinds.Of(layer) is not { } kind) return layer.ToString();
        var settings = new LayerSettings();
        kind.Write(layer, settings);
        if (settings.IsEmpty) return kind.Name;
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text)) settings.WriteTo(json);
        return $"{kind.Name} {Encoding.UTF8.GetString(text.WrittenSpan)}";
    }
}
