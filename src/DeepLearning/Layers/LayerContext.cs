namespace DeepLearning;

/// <summary>What a layer finds when it computes: its parameters' values, whether the model is training, and random numbers of its own.</summary>
public readonly struct LayerContext
{
    private readonly ReadOnlyMemory<LayerParameter> parameters;
    private readonly Tape? tape;

    internal LayerContext(ReadOnlyMemory<LayerParameter> parameters, Tape? tape, bool training, RandomStream random)
    {
        this.parameters = parameters;
        this.tape = tape;
        Training = training;
        Random = random;
    }

    /// <summary>True in <c>Fit</c> and <c>TrainOnBatch</c>; false in <c>Predict</c> and <c>Evaluate</c>.</summary>
    public bool Training { get; }

    /// <summary>Random numbers of this layer at this training step.</summary>
    public RandomStream Random { get; }

    /// <summary>The value of a parameter, on the tape where there is one.</summary>
    /// <param name="name">The name given to <see cref="LayerBuilder.AddParameter"/>.</param>
    /// <exception cref="KeyNotFoundException">The layer declared no parameter of this name.</exception>
    public Tensor this[string name]
    {
        get
        {
            foreach (LayerParameter parameter in parameters.Span)
                if (parameter.LocalName == name) return tape?.Watch(parameter.Parameter) ?? parameter.Parameter.Value;
            throw new KeyNotFoundException($"The layer declared no parameter {name}.");
        }
    }
}

/// <summary>A parameter by the name that its layer gave it.</summary>
internal readonly record struct LayerParameter(string LocalName, Parameter Parameter);
