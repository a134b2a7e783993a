namespace DeepLearning;

/// <summary>Takes the parameters that a layer declares in <see cref="Layer.Build"/>.</summary>
public sealed class LayerBuilder
{
    private readonly List<(string Name, Shape Shape, Initializer Initializer, ParameterOptions? Options)> parameters = [];

    internal IReadOnlyList<(string Name, Shape Shape, Initializer Initializer, ParameterOptions? Options)> Parameters => parameters;

    /// <summary>Declares a parameter; <see cref="Layer.Forward"/> finds its value in the context by the same name.</summary>
    /// <param name="name">Unique within the layer: <c>kernel</c>, <c>bias</c>.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="initializer">Its first values.</param>
    /// <param name="options">How it is trained; trainable, with weight decay, without regularizer and constraint by default.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    /// <exception cref="ShapeMismatchException">The constraint cannot hold a parameter of this shape.</exception>
    public void AddParameter(string name, Shape shape, Initializer initializer, ParameterOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(initializer);
        if (parameters.Exists(p => p.Name == name)) throw new ArgumentException($"The layer already has a parameter {name}.", nameof(name));
        options?.Constraint?.Validate(shape);
        parameters.Add((name, shape, initializer, options));
    }
}
