namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>The tensor repeated to a larger shape, by the rules of broadcasting: <c>[3]</c> to <c>[2, 3]</c>, <c>[2, 1]</c> to <c>[2, 3]</c>.</summary>
    /// <param name="dimensions">The dimensions of the result.</param>
    /// <exception cref="ShapeMismatchException">This shape does not broadcast to that one.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are more than <see cref="Shape.MaxRank"/> dimensions.</exception>
    public Tensor BroadcastTo(params ReadOnlySpan<int> dimensions) => BroadcastToOp.Apply(this, dimensions);
}

/// <summary>y = x repeated; dx = dy summed over the repetitions.</summary>
internal sealed class BroadcastToOp : Op
{
    private Tensor x = null!;

    public static Tensor Apply(Tensor x, ReadOnlySpan<int> dimensions)
    {
        Shape.CheckRank(dimensions);
        int missing = dimensions.Length - x.Rank;
        bool fits = missing >= 0;
        for (int d = 0; fits && d < x.Rank; d++) fits = x.Shape.Dimensions[d] is 1 || x.Shape.Dimensions[d] == dimensions[missing + d];
        if (!fits) throw new ShapeMismatchException($"Shape {x.Shape} does not broadcast to {Shape.Format(dimensions)}.", nameof(dimensions));
        Tape? tape = Tape.Of(x);
        Tensor y = Tensor.Allocate(tape, dimensions);
        Broadcast.Expand(x, y);
        if (tape?.Record<BroadcastToOp>(y, x) is { } op) op.x = x;
        return y;
    }

    public override void Backward(Tensor dy, GradientPlaces places)
    {
        if (places.Wants(x, out Span<float> dx, out bool accumulate)) Broadcast.SumTo(dy, x.Shape, dx, accumulate, places.Scratch);
    }
}
