namespace DeepLearning;

/// <summary>A dimension of a sample that a layer names from the end: −1 is the last. It means the same for samples and for batches.</summary>
internal static class AxisFromEnd
{
    /// <summary>A negative axis, or an exception.</summary>
    public static int Require(int axis)
        => axis < 0 ? axis : throw new ArgumentOutOfRangeException(nameof(axis), axis, $"The axis is counted from the end: −1 is the last. Got {axis}.");

    /// <summary>Checks that a sample has the dimension.</summary>
    /// <exception cref="ShapeMismatchException">It does not.</exception>
    public static void RequireIn(Shape sample, int axis)
    {
        if (sample.Rank < -axis) throw new ShapeMismatchException($"works along dimension {axis}, but a sample has the shape {sample}");
    }
}
