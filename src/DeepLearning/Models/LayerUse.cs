namespace DeepLearning;

/// <summary>A layer with the parameters that it gets in a model. Every node that has the same use is a call of it, and all calls share the parameters.</summary>
internal sealed class LayerUse(Layer layer)
{
    public Layer Layer => layer;

    /// <summary>The name that the user gave it, or that it had in another model; null where the model numbers it.</summary>
    public string? Name { get; set; }

    /// <summary>Where it comes from another model: its parameters begin with copies of the values there, and its name gives way where it is taken.</summary>
    public LayerSlot? Origin { get; init; }
}
