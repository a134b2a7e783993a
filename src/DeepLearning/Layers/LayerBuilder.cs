namespace DeepLearning;

/// <summary>Receives the parameters and the state that a layer declares in <see cref="Layer.Build(Shape, LayerBuilder)"/>.</summary>
public sealed class LayerBuilder
{
    private readonly List<DeclaredParameter> parameters = [], states = [];

    internal IReadOnlyList<DeclaredParameter> Parameters => parameters;

    internal IReadOnlyList<DeclaredParameter> States => states;

    /// <summary>Declares a parameter; <see cref="Layer.Forward(Tensor, LayerContext)"/> finds its value in the context by the same name.</summary>
    /// <param name="name">Unique within the layer: <c>kernel</c>, <c>bias</c>.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="initializer">Its initial values.</param>
    /// <param name="options">How it is trained; trainable, with weight decay, without regularizer and constraint by default.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    /// <exception cref="ShapeMismatchException">The constraint cannot hold a parameter of this shape.</exception>
    public void AddParameter(string name, Shape shape, Initializer initializer, ParameterOptions? options = null)
    {
        RequireFree(name, initializer);
        options?.Constraint?.Validate(shape);
        parameters.Add(new DeclaredParameter(name, shape, initializer, options));
    }

    /// <summary>
    /// Declares a state: values that are kept with the model but not trained, such as running means. <see cref="LayerContext.State"/> reads it, and
    /// <see cref="LayerContext.Update"/> sets its value after the step.
    /// </summary>
    /// <param name="name">Unique within the layer: <c>moving_mean</c>.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="initializer">Its initial values, such as <see cref="Constant.Zeros"/>.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public void AddState(string name, Shape shape, Initializer initializer)
    {
        RequireFree(name, initializer);
        states.Add(new DeclaredParameter(name, shape, initializer, null));
    }

    /// <summary>The declarations: <c>kernel [3, 4], bias [4]</c>.</summary>
    public override string ToString()
        => parameters.Count + states.Count == 0 ? "no parameters" : string.Join(", ", parameters.Concat(states).Select(p => $"{p.Name} {p.Shape}"));

    private void RequireFree(string name, Initializer initializer)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(initializer);
        if (parameters.Exists(p => p.Name == name)) throw new ArgumentException($"The layer already has a parameter {name}.", nameof(name));
        if (states.Exists(s => s.Name == name)) throw new ArgumentException($"The layer already has a state {name}.", nameof(name));
    }
}

/// <summary>A parameter or a state as a layer declares it.</summary>
internal sealed record DeclaredParameter(string Name, Shape Shape, Initializer Initializer, ParameterOptions? Options);
