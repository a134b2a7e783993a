namespace DeepLearning.SourceExport;

/// <summary>A layer at its position in a model.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Call">The layer there.</param>
internal sealed record PlacedLayer(int Number, LayerCall Call)
{
    /// <summary>Its name in the model, the same for all calls of a shared layer: <c>dense_1</c>.</summary>
    public string Name => Call.LayerName;

    public Layer Layer => Call.Layer;

    /// <summary>The shape of its input sample.</summary>
    public Shape Input => Call.InputShapes[0];

    /// <summary>The shape of its output sample.</summary>
    public Shape Output => Call.OutputShape;

    /// <summary>The layers of a model in order.</summary>
    /// <exception cref="NotSupportedException">The model has branches.</exception>
    public static IReadOnlyList<PlacedLayer> Of(Model model)
        => model.Inputs.Count == 1 && model.Outputs.Count == 1 && model.Calls.All(c => c.Sources.Count == 1)
            ? [.. model.Calls.Select((call, i) => new PlacedLayer(i + 1, call))]
            : throw new NotSupportedException(
                "Only a chain of layers can be written as C#, and this model has branches. Serve it with Predictor, or write it with ExportOnnx.");

    /// <summary>The numbers of one of the layer's parameters: <c>kernel</c>.</summary>
    public SourceValues ValuesOf(string parameter) => SourceValues.Of(Call.Parameters.Single(p => p.Name == $"{Name}.{parameter}"));

    /// <summary>For messages: <c>layer 3 (Dense(128))</c>.</summary>
    public override string ToString() => $"layer {Number} ({Layer})";
}
