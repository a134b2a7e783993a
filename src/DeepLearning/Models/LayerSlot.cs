namespace DeepLearning;

/// <summary>A call of a layer in its place in a model: with its name, what it takes and makes, and the layer's parameters and state there.</summary>
/// <param name="Number">The place, from 1.</param>
/// <param name="Name">The layer's name; of a further call of a shared layer with # and the number of the call.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Call">0 for the first call of the layer, 1 for the second, …</param>
/// <param name="Sources">The values that it takes: the model's inputs come first, then what each slot makes.</param>
/// <param name="Output">The shape of one sample of what it makes.</param>
/// <param name="Parameters">What is trained.</param>
/// <param name="State">What is kept beside: running means and the like.</param>
internal sealed record LayerSlot(
    int Number, string Name, Layer Layer, int Call, int[] Sources, Shape Output, LayerParameter[] Parameters, LayerParameter[] State)
{
    /// <summary>Whether the model is a chain, in which a place says more than a name.</summary>
    public bool InChain { get; init; }

    /// <summary>The name of the layer, whichever call it is.</summary>
    public string LayerName => Call == 0 ? Name : Name[..Name.LastIndexOf('#')];

    /// <summary>What tells the random numbers of the layer from those of others.</summary>
    public ulong Key { get; } = RandomStreams.KeyOf(Call == 0 ? Name : Name[..Name.LastIndexOf('#')]);

    /// <summary>Checks that a layer made what it declared: [rows, …output].</summary>
    /// <exception cref="ShapeMismatchException">It made another shape.</exception>
    public void RequireOutput(Shape made, int rows)
    {
        if (made.Rank == 0 || made.Dimensions[0] != rows || !made.Dimensions[1..].SequenceEqual(Output))
            throw new ShapeMismatchException($"{this} declared an output of {Output.WithBatch()} in Build, but Forward made {made} of {rows} samples.");
    }

    /// <summary>The same call with parameters and state of other sets, in the same places.</summary>
    public LayerSlot In(ModelValues values) => this with
    {
        Parameters = Array.ConvertAll(Parameters, p => p with { Parameter = values.Trainable[p.Parameter.Index] }),
        State = Array.ConvertAll(State, s => s with { Parameter = values.State[s.Parameter.Index] }),
    };

    /// <summary>For messages: <c>layer 3 (Dense(128))</c>, and in a graph <c>layer dense_1 (Dense(128))</c>.</summary>
    public override string ToString() => InChain ? $"layer {Number} ({Layer})" : $"layer {Name} ({Layer})";
}
