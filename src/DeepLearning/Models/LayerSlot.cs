namespace DeepLearning;

/// <summary>A layer in its place in a model: with its name, what it makes, and its parameters there.</summary>
internal sealed record LayerSlot(int Number, string Name, Layer Layer, Shape Output, LayerParameter[] Parameters)
{
    /// <summary>Checks that a layer made what it declared: [rows, …output].</summary>
    /// <exception cref="ShapeMismatchException">It made another shape.</exception>
    public void RequireOutput(Shape made, int rows)
    {
        if (made.Rank == 0 || made.Dimensions[0] != rows || !made.Dimensions[1..].SequenceEqual(Output))
            throw new ShapeMismatchException($"{this} declared an output of {Output.WithBatch()} in Build, but Forward made {made} of {rows} samples.");
    }

    /// <summary>For messages: <c>layer 3 (Dense(128))</c>.</summary>
    public override string ToString() => $"layer {Number} ({Layer})";
}
