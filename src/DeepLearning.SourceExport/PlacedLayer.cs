namespace DeepLearning.SourceExport;

/// <summary>A layer in its place in a model.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Name">Its name in the model: <c>dense_1</c>.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Input">The shape of a sample that it gets.</param>
/// <param name="Output">The shape that it makes of it.</param>
/// <param name="Parameters">All of the model's parameters.</param>
internal sealed record PlacedLayer(int Number, string Name, Layer Layer, Shape Input, Shape Output, ParameterSet Parameters)
{
    /// <summary>The layers of a model in order.</summary>
    /// <exception cref="NotSupportedException">The model has branches.</exception>
    public static IReadOnlyList<PlacedLayer> Of(Model model)
    {
        if (model.Inputs.Count > 1 || model.Outputs.Count > 1 || model.Layers.Any(l => l is MergeLayer))
            throw new NotSupportedException(
                "Only a chain of layers can be written as C#, and this model has branches. Serve it with Predictor, or write it with ExportOnnx.");
        var layers = new PlacedLayer[model.Layers.Count];
        Shape shape = model.InputShape;
        for (int i = 0; i < layers.Length; i++)
        {
            Layer layer = model.Layers[i];
            Shape output = layer.Build(shape, new LayerBuilder());
            layers[i] = new PlacedLayer(i + 1, NameOf(model.LayerNames[i]), layer, shape, output, model.Parameters);
            shape = output;
        }

        return layers;
    }

    /// <summary>The numbers of one of the layer's parameters: <c>kernel</c>.</summary>
    public SourceValues ValuesOf(string parameter) => SourceValues.Of(Parameters[$"{Name}.{parameter}"]);

    /// <summary>The second call of a shared layer is <c>dense#2</c>; its parameters are those of <c>dense</c>.</summary>
    private static string NameOf(string call) => call.Split('#')[0];

    /// <summary>For messages: <c>layer 3 (Dense(128))</c>.</summary>
    public override string ToString() => $"layer {Number} ({Layer})";
}
