namespace DeepLearning;

/// <summary>
/// The context of a layer's computation: the values of its parameters, its state, whether the model is training, and its own random numbers.
/// </summary>
public readonly struct LayerContext
{
    private readonly LayerParameter[] parameters, states;
    private readonly Tape? tape;

    internal LayerContext(LayerParameter[] parameters, LayerParameter[] states, Tape? tape, bool training, RandomStream random)
    {
        (this.parameters, this.states, this.tape) = (parameters, states, tape);
        (Training, Random) = (training, random);
    }

    /// <summary>True in <c>Fit</c> and <c>TrainOnBatch</c>; false in <c>Predict</c> and <c>Evaluate</c>.</summary>
    public bool Training { get; }

    /// <summary>
    /// Whether none of the layer's parameters is currently trained, for example after <c>model.Freeze</c>: a normalization then uses its running means in
    /// training too,
    /// as in Keras. False for a layer without parameters.
    /// </summary>
    public bool Frozen
    {
        get
        {
            foreach (LayerParameter parameter in parameters)
                if (parameter.Parameter.Trainable) return false;
            return parameters.Length > 0;
        }
    }

    /// <summary>Random numbers of this call of the layer at this training step.</summary>
    public RandomStream Random { get; }

    /// <summary>The value of a parameter, on the tape if there is one.</summary>
    /// <param name="name">The name given to <see cref="LayerBuilder.AddParameter"/>.</param>
    /// <exception cref="KeyNotFoundException">The layer declared no parameter of this name.</exception>
    public Tensor this[string name]
    {
        get
        {
            Parameter parameter = Find(parameters, name, "parameter");
            return tape?.ValueOf(parameter) ?? parameter.Value;
        }
    }

    /// <summary>The value of a state: a constant, or in a shared layer the update by an earlier call in this pass.</summary>
    /// <param name="name">The name given to <see cref="LayerBuilder.AddState"/>.</param>
    /// <exception cref="KeyNotFoundException">The layer declared no state of this name.</exception>
    public Tensor State(string name)
    {
        Parameter state = Find(states, name, "state");
        return tape?.Staged(state) ?? state.Value;
    }

    /// <summary>
    /// Sets the value of a state after this training step. The model's state changes together with the parameters, once loss and gradients are known to be
    /// finite. A pass that is not followed by a step changes nothing. In a custom loop the step is <c>optimizer.Update</c> with the gradients of the same tape.
    /// </summary>
    /// <param name="name">The name given to <see cref="LayerBuilder.AddState"/>.</param>
    /// <param name="value">The new value, of the state's shape. No gradient flows through it.</param>
    /// <exception cref="KeyNotFoundException">The layer declared no state of this name.</exception>
    /// <exception cref="ShapeMismatchException">The value has another shape.</exception>
    /// <exception cref="InvalidOperationException">The pass is not a training pass: inference changes nothing.</exception>
    public void Update(string name, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Parameter state = Find(states, name, "state");
        if (!Training) throw new InvalidOperationException($"The state {name} is updated only in training: check {nameof(Training)} first.");
        if (value.Shape != state.Shape) throw new ShapeMismatchException($"The state {name} has shape {state.Shape}, got a value of shape {value.Shape}.", nameof(value));
        tape?.Stage(state, value);
    }

    private static Parameter Find(LayerParameter[] among, string name, string kind)
    {
        foreach (LayerParameter candidate in among)
            if (candidate.LocalName == name) return candidate.Parameter;
        throw new KeyNotFoundException($"The layer declared no {kind} {name}.");
    }
}

/// <summary>A parameter or a state by the name that its layer gave it.</summary>
internal readonly record struct LayerParameter(string LocalName, Parameter Parameter)
{
    /// <summary>Whether the layer declared it as trainable.</summary>
    public bool DeclaredTrainable { get; init; } = true;
}
