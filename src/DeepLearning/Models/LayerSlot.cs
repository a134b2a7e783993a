using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>A call of a layer at its position in a model: its name, inputs and output, and the layer's parameters and state there.</summary>
/// <param name="Number">The position, from 1.</param>
/// <param name="Name">The layer's name; further calls of a shared layer append # and the number of the call.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Call">0 for the first call of the layer, 1 for the second, …</param>
/// <param name="Sources">The numbers of its input values: the model's inputs come first, then the output of each slot.</param>
/// <param name="Output">The shape of one output sample.</param>
/// <param name="Parameters">The trained values.</param>
/// <param name="State">Values kept alongside the parameters, such as running means.</param>
internal sealed record LayerSlot(
    int Number, string Name, Layer Layer, int Call, int[] Sources, Shape Output, LayerParameter[] Parameters, LayerParameter[] State)
{
    /// <summary>Whether the model is a chain, where a position says more than a name.</summary>
    public bool InChain { get; init; }

    /// <summary>The name of the layer, the same for every call.</summary>
    public string LayerName { get; } = Call == 0 ? Name : Name[..Name.LastIndexOf('#')];

    /// <summary>The key that separates the layer's random numbers from those of other layers.</summary>
    public ulong Key { get; } = Hashes.Of(Call == 0 ? Name : Name[..Name.LastIndexOf('#')]);

    /// <summary>Checks that a layer's output has the shape it declared: [rows, …output].</summary>
    /// <exception cref="ShapeMismatchException">The output has another shape.</exception>
    public void RequireOutput(Shape made, int rows)
    {
        ReadOnlySpan<int> dimensions = made.Dimensions, declared = Output.Dimensions;
        bool isDeclared = dimensions.Length == declared.Length + 1 && dimensions[0] == rows;
        for (int d = 0; isDeclared && d < declared.Length; d++) isDeclared = dimensions[d + 1] == declared[d];
        if (!isDeclared) RefuseOutput(made, rows);
    }

    /// <summary>The same call with the parameters and state of other values, at the same positions.</summary>
    public LayerSlot In(ModelValues values) => this with
    {
        Parameters = Array.ConvertAll(Parameters, p => p with { Parameter = values.Trainable[p.Parameter.Index] }),
        State = Array.ConvertAll(State, s => s with { Parameter = values.State[s.Parameter.Index] }),
    };

    // Apart from the check, which every layer of every prediction goes through: a method that builds a text is slower even when it does not.
    private void RefuseOutput(Shape made, int rows)
        => throw new ShapeMismatchException($"{this} declared an output of {Output.WithBatch()} in Build, but Forward made {made} of {rows} samples.");

    /// <summary>For messages: <c>layer 3 (Dense(128))</c>, and in a graph <c>layer dense_1 (Dense(128))</c>.</summary>
    public override string ToString() => InChain ? $"layer {Number} ({Layer})" : $"layer {Name} ({Layer})";
}
