namespace DeepLearning;

/// <summary>Flattens each sample: [batch, a, b, …] gives [batch, a·b·…]. A view, not a copy.</summary>
public sealed class Flatten : Layer
{
    internal override IndexUse IndexUse => IndexUse.Keeps;

    /// <inheritdoc/>
    public override Shape Build(Shape input, LayerBuilder builder) => [input.Size];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, LayerContext context)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Reshape(x.Shape[0], Broadcast.Product(x.Shape.Dimensions[1..]));
    }

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of("Flatten", static () => new Flatten());
}
