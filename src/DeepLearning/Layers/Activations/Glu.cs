using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Gated linear unit a·σ(b), where a and b are the two halves of x along a dimension: [batch, …, 2n] gives [batch, …, n]. Dauphin et al. 2017. PyTorch:
/// <c>GLU</c> with its default; Keras: <c>activations.glu</c>.
/// </summary>
/// <param name="axis">The dimension that is halved, counted from the end; −1, the last, by default.</param>
/// <exception cref="ArgumentOutOfRangeException">The axis is not negative.</exception>
public sealed class Glu(int axis = -1) : Layer
{
    /// <summary>The dimension that is halved, counted from the end; −1, the last, by default.</summary>
    public int Axis { get; } = AxisFromEnd.Require(axis);

    /// <inheritdoc/>
    /// <exception cref="ShapeMismatchException">A sample has no such dimension, or its size is odd.</exception>
    public override Shape Build(Shape input, LayerBuilder builder)
    {
        AxisFromEnd.RequireIn(input, Axis);
        if (input[Axis] % 2 != 0) throw new ShapeMismatchException($"halves dimension {Axis}, whose size {input[Axis]} is odd");
        int[] half = input.Dimensions.ToArray();
        half[^-Axis] /= 2;
        return new Shape(half);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, LayerContext context)
    {
        ArgumentNullException.ThrowIfNull(x);
        int half = x.Shape.Dimensions[^-Axis] / 2;
        return x.Slice(Axis, 0, half) * x.Slice(Axis, half, half).Sigmoid();
    }

    /// <inheritdoc/>
    public override string ToString() => Axis == -1 ? "Glu()" : string.Create(CultureInfo.InvariantCulture, $"Glu({Axis})");

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of<Glu>("Glu", static (g, s) => s.Set("axis", g.Axis), static s => new(s.GetInt32("axis")));
}
