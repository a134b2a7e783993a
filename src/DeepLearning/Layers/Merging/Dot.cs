using System.Globalization;

namespace DeepLearning;

/// <summary>
/// The scalar products of two values along one dimension of each: [batch, d] and [batch, d] give [batch, 1], [batch, m, d] and [batch, n, d] give
/// [batch, m, n], and in general the dimensions that are left of the first, then of the second. Normalized, the products are cosines. Keras:
/// <c>layers.Dot</c>.
/// </summary>
public sealed class Dot : MergeLayer
{
    /// <summary>Products along these dimensions.</summary>
    /// <param name="axis">The dimension of the first value, counted from the end; −1, the last, by default.</param>
    /// <param name="otherAxis">The dimension of the second value; the same as of the first by default.</param>
    /// <param name="normalize">Whether vectors are divided by their lengths first; false by default. Those shorter than 1e-7 stay as they are.</param>
    /// <exception cref="ArgumentOutOfRangeException">An axis is not negative.</exception>
    public Dot(int axis = -1, int? otherAxis = null, bool normalize = false)
        => (Axis, OtherAxis, Normalize) = (AxisFromEnd.Require(axis), AxisFromEnd.Require(otherAxis ?? axis), normalize);

    /// <summary>The dimension of the first value, counted from the end.</summary>
    public int Axis { get; }

    /// <summary>The dimension of the second value, counted from the end.</summary>
    public int OtherAxis { get; }

    /// <summary>Whether vectors are divided by their lengths first; false by default.</summary>
    public bool Normalize { get; }

    /// <inheritdoc/>
    /// <exception cref="ShapeMismatchException">There are not exactly two values, one lacks its dimension, or the dimensions have different sizes.</exception>
    public override Shape Build(IReadOnlyList<Shape> inputs, LayerBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count != 2) throw new ShapeMismatchException($"multiplies two values, got {inputs.Count}");
        AxisFromEnd.RequireIn(inputs[0], Axis);
        AxisFromEnd.RequireIn(inputs[1], OtherAxis);
        (int size, int other) = (inputs[0][Axis], inputs[1][OtherAxis]);
        if (size != other)
            throw new ShapeMismatchException(
                $"multiplies along dimensions of one size, {Axis} of the first and {OtherAxis} of the second, got {size} and {other}");
        int[] left = [.. Without(inputs[0], Axis), .. Without(inputs[1], OtherAxis)];
        return left.Length == 0 ? [1] : new Shape(left);
    }

    /// <inheritdoc/>
    public override Tensor Forward(ReadOnlySpan<Tensor> inputs, LayerContext context)
    {
        Tensor x = Vectors(inputs[0], Axis), y = Vectors(inputs[1], OtherAxis);
        if (Normalize) (x, y) = (UnitVectors.Of(x), UnitVectors.Of(y));
        Tensor products = x.MatMul(y, transposeOther: true);
        Span<int> shape = stackalloc int[Math.Max(2, inputs[0].Rank + inputs[1].Rank - 3)];
        shape[^1] = 1;
        int next = 0;
        shape[next++] = inputs[0].Shape.Dimensions[0];
        for (int i = 0; i < 2; i++)
            for (int d = 1; d < inputs[i].Rank; d++)
                if (d != inputs[i].Rank + (i == 0 ? Axis : OtherAxis)) shape[next++] = inputs[i].Shape.Dimensions[d];
        return products.Reshape(shape);
    }

    /// <inheritdoc/>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"Dot({Axis}{(OtherAxis == Axis ? "" : $", {OtherAxis}")}{(Normalize ? ", normalize: true" : "")})");

    /// <summary>[batch, …] as [batch, vectors, size] with the dimension last.</summary>
    private static Tensor Vectors(Tensor x, int axis)
    {
        int size = x.Shape.Dimensions[^-axis];
        if (axis != -1)
        {
            Span<int> order = stackalloc int[x.Rank];
            for (int d = 0, next = 0; d < x.Rank; d++)
                if (d != x.Rank + axis) order[next++] = d;
            order[^1] = x.Rank + axis;
            x = x.Transpose(order);
        }

        return x.Reshape(x.Shape.Dimensions[0], Broadcast.Product(x.Shape.Dimensions[1..^1]), size);
    }

    private static int[] Without(Shape shape, int axis) => [.. shape.Dimensions[..(shape.Rank + axis)], .. shape.Dimensions[(shape.Rank + axis + 1)..]];

    /// <summary>How it appears in files.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of<Dot>(
        "Dot", static (d, s) => s.Set("axis", d.Axis).Set("other_axis", d.OtherAxis).Set("normalize", d.Normalize),
        static s => new(s.GetInt32("axis"), s.GetInt32("other_axis"), s.GetBoolean("normalize")));
}
