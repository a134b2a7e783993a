namespace DeepLearning;

/// <summary>Takes the parameters and the state that a layer declares in <see cref="Layer.Build(Shape, LayerBuilder)"/>.</summary>
public sealed class LayerBuilder
{
    private readonly List<(string Name, Shape Shape, Initializer Initializer)> parameters = [], states = [];

    internal IReadOnlyList<(string Name, Shape Shape, Initializer Initializer)> Parameters => parameters;

    internal IReadOnlyList<(string Name, Shape Shape, Initializer Initializer)> States => states;

    /// <summary>Declares a parameter; <see cref="Layer.Forward(Tensor, LayerContext)"/> finds its value in the context by the same name.</summary>
    /// <param name="name">Unique within the layer: <c>kernel</c>, <c>bias</c>.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="initializer">Its first values.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public void AddParameter(string name, Shape shape, Initializer initializer) => Add(parameters, name, shape, initializer);

    /// <summary>
    /// Declares a state: values that are kept with the model but not trained, such as running means. <see cref="LayerContext.State"/> reads it, and
    /// <see cref="LayerContext.Update"/> says what it is to be after the step.
    /// </summary>
    /// <param name="name">Unique within the layer: <c>moving_mean</c>.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="initializer">Its first values, such as <see cref="Constant.Zeros"/>.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public void AddState(string name, Shape shape, Initializer initializer) => Add(states, name, shape, initializer);

    /// <summary>What was declared: <c>kernel [3, 4], bias [4]</c>.</summary>
    public override string ToString()
        => parameters.Count + states.Count == 0 ? "no parameters" : string.Join(", ", parameters.Concat(states).Select(p => $"{p.Name} {p.Shape}"));

    private void Add(List<(string Name, Shape Shape, Initializer Initializer)> to, string name, Shape shape, Initializer initializer)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(initializer);
        if (parameters.Exists(p => p.Name == name) || states.Exists(s => s.Name == name))
            throw new ArgumentException($"The layer already has a parameter or a state {name}.", nameof(name));
        to.Add((name, shape, initializer));
    }
}
