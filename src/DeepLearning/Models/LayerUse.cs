namespace DeepLearning;

/// <summary>A layer with its parameters in a model. Every node with the same use is a call of it, and all calls share the parameters.</summary>
internal sealed class LayerUse(Layer layer)
{
    public Layer Layer => layer;

    /// <summary>The name given by the user, or from another model; null if the model numbers it.</summary>
    public string? Name { get; set; }

    /// <summary>The parameters that are not trained, by the names that the layer gave them; null if the layer's declaration applies.</summary>
    public IReadOnlyList<string>? Frozen { get; init; }

    /// <summary>How a parameter is trained: as in the model it comes from, as specified here, or as the layer declares.</summary>
    public ParameterOptions? OptionsOf(DeclaredParameter declared, int index)
    {
        if (Origin is { } origin) return origin.Slot.Parameters[index].Parameter.Options;
        if (Frozen is null) return declared.Options;
        return (declared.Options ?? ParameterOptions.Default) with { Trainable = !Frozen.Contains(declared.Name) };
    }

    /// <summary>Set if it comes from another model: its parameters start as copies of the values there, and it is renamed if its name is taken.</summary>
    public (Model Model, LayerSlot Slot)? Origin { get; init; }
}
