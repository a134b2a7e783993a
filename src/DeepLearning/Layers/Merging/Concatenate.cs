using System.Globalization;

namespace DeepLearning;

/// <summary>Concatenates two or more values along an axis: [batch, 3] and [batch, 4] give [batch, 7]. Keras: <c>layers.Concatenate</c>.</summary>
public sealed class Concatenate : MergeLayer
{
    /// <summary>A layer that concatenates along this axis.</summary>
    /// <param name="axis">Counted as in Keras, with the batch as 0; −1, the last, by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The axis of the batch.</exception>
    public Concatenate(int axis = -1)
        => Axis = axis != 0 ? axis : throw new ArgumentOutOfRangeException(nameof(axis), axis, "Axis 0 is the batch, whose samples stay separate; expected another axis.");

    /// <summary>The axis whose sizes add up, counted with the batch as 0; negative ones count from the end.</summary>
    public int Axis { get; }

    internal override IndexUse IndexUse => IndexUse.Keeps;

    /// <inheritdoc/>
    /// <exception cref="ShapeMismatchException">There is no such axis, or the shapes differ elsewhere.</exception>
    public override Shape Build(IReadOnlyList<Shape> inputs, LayerBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        int[] joined = inputs[0].Dimensions.ToArray();
        int place = Axis < 0 ? joined.Length + Axis : Axis - 1;
        if (place < 0 || place >= joined.Length) throw new ShapeMismatchException($"joins along axis {Axis}, which a value of shape {inputs[0].WithBatch()} lacks");
        for (int i = 1; i < inputs.Count; i++)
        {
            ReadOnlySpan<int> other = inputs[i];
            if (other.Length != joined.Length || !other[..place].SequenceEqual(joined.AsSpan(0, place)) || !other[(place + 1)..].SequenceEqual(joined.AsSpan(place + 1)))
                throw new ShapeMismatchException($"joins values whose shapes are equal except for axis {Axis}");
            joined[place] = checked(joined[place] + other[place]);
        }

        return new Shape(joined);
    }

    /// <inheritdoc/>
    public override Tensor Forward(ReadOnlySpan<Tensor> inputs, LayerContext context) => Tensor.Concatenate(Axis, inputs);

    /// <inheritdoc/>
    public override string ToString() => Axis == -1 ? "Concatenate()" : string.Create(CultureInfo.InvariantCulture, $"Concatenate({Axis})");

    /// <summary>How it appears in files.</summary>
    internal static LayerKind Definition { get; } =
        LayerKind.Of<Concatenate>("Concatenate", static (c, s) => s.Set("axis", c.Axis), static s => new(s.GetInt32("axis")));
}
