namespace DeepLearning;

/// <summary>A layer with its parameters in a model. Every node with the same use is a call of it, and all calls share the parameters.</summary>
internal sealed class LayerUse(Layer layer)
{
    public Layer Layer => layer;

    /// <summary>The name that the user gave it, or that it had in another model; null where the model numbers it.</summary>
    public string? Name { get; set; }

    /// <summary>Set if it comes from another model: its parameters start as copies of the values there, and it is renamed if its name is taken.</summary>
    public LayerSlot? Origin { get; init; }
}
