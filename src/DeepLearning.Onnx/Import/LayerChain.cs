namespace DeepLearning.Onnx;

/// <summary>Layers in order with the weights that they shall have.</summary>
internal sealed class LayerChain(Shape input, ByteBudget budget)
{
    private readonly List<(Layer Layer, Shape Output, float[]? Kernel, float[]? Bias)> layers = [];

    /// <summary>The shape of one sample after the last layer.</summary>
    public Shape Sample => layers.Count == 0 ? input : layers[^1].Output;

    /// <summary>The units of the last layer, where that is a <see cref="Dense"/> without a bias; else null.</summary>
    public int? UnitsWithoutBias => layers is [.., { Layer: Dense, Bias: null }] ? Sample[^1] : null;

    public void Add(Layer layer) => Add(layer, null, null);

    /// <summary>Gives the same values another shape.</summary>
    public void AddReshape(ReadOnlySpan<int> dimensions)
    {
        if (!Sample.Dimensions.SequenceEqual(dimensions)) Add(new Reshape(dimensions));
    }

    /// <param name="kernel">[inputs, units], row-major.</param>
    /// <param name="units">Number of outputs.</param>
    /// <param name="bias">[units], or null.</param>
    public void AddDense(float[] kernel, int units, float[]? bias)
    {
        // Once here, and once in the model.
        budget.Take((long)kernel.Length + units, 2 * sizeof(float), $"layer {layers.Count + 1} (Dense({units}))");
        Add(new Dense(units) { UseBias = bias is not null }, kernel, bias);
    }

    /// <summary>Gives the last layer, a <see cref="Dense"/> without a bias, this one: [units].</summary>
    public void AddBias(float[] bias)
    {
        (Layer layer, Shape output, float[]? kernel, _) = layers[^1];
        layers[^1] = (new Dense(((Dense)layer).Units), output, kernel, bias);
    }

    public Sequential Build()
    {
        SequentialBuilder builder = Sequential.Input(input);
        foreach ((Layer layer, _, _, _) in layers) builder.Add(layer);
        if (layers.Count == 0) throw new ModelFormatException("the graph computes nothing that is a layer");
        Sequential model = builder.Build();
        for (int i = 0; i < layers.Count; i++)
        {
            layers[i].Kernel?.CopyTo(model.Parameters[$"{model.LayerNames[i]}.kernel"].Value.AsSpan());
            layers[i].Bias?.CopyTo(model.Parameters[$"{model.LayerNames[i]}.bias"].Value.AsSpan());
        }

        return model;
    }

    private void Add(Layer layer, float[]? kernel, float[]? bias) => layers.Add((layer, layer.Build(Sample, new LayerBuilder()), kernel, bias));
}
