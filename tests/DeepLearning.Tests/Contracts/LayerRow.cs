namespace DeepLearning.Tests.Contracts;

/// <summary>One layer on one shape.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Input">The shape of one sample.</param>
/// <param name="Output">The shape that it makes of it.</param>
/// <param name="Parameters">The names of its parameters, in order.</param>
public sealed record LayerRow(Layer Layer, Shape Input, Shape Output, params string[] Parameters)
{
    /// <summary>How many indices it takes, from 0 on; 0 for a layer that takes float32 values.</summary>
    public int Indices { get; init; }

    /// <summary>Whether its output has a gradient, with respect to the input or to parameters.</summary>
    public bool HasGradient { get; init; } = true;

    /// <summary>The kinds with which it is saved.</summary>
    public LayerKinds Kinds { get; init; } = LayerKinds.BuiltIn;

    /// <summary>The beginning of a chain that it can follow.</summary>
    public SequentialBuilder Begin() => Indices > 0 ? Sequential.Indices(Input) : Sequential.Input(Input);

    /// <summary>A model of the layer alone, or of another on the same input.</summary>
    public Sequential ModelOf(Layer? layer = null) => Begin().Add(layer ?? Layer).Build(seed: 5);

    /// <summary>Values away from 0, or indices that it takes.</summary>
    public Tensor Batch(int samples)
    {
        Shape shape = Input.Prepend(samples);
        return Indices == 0 ? Points.Signed(shape)[0] : Tensor.FromIndices([.. Enumerable.Range(0, shape.Size).Select(i => ((i * 7) + 3) % Indices)], shape);
    }

    public override string ToString() => $"{Layer} of {Input}";
}
