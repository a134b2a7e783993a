namespace DeepLearning;

/// <summary>All dimensions of a sample in one: [batch, a, b, …] gives [batch, a·b·…]. A view, no copy.</summary>
public sealed class Flatten : Layer
{
    /// <inheritdoc/>
    public override Shape Build(Shape input, LayerBuilder builder) => [input.Size];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, LayerContext context)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Reshape(x.Shape[0], Broadcast.Product(x.Shape.Dimensions[1..]));
    }

    /// <summary>What files and foreign weights say of it.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of("Flatten", static () => new Flatten());
}
