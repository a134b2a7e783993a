namespace DeepLearning;

/// <summary>A shape seen from one axis: [outer, size, inner], row-major.</summary>
internal readonly struct Axes
{
    public Axes(Shape shape, int axis)
    {
        Axis = shape.Axis(axis);
        Outer = Broadcast.Product(shape.Dimensions[..Axis]);
        Size = shape.Dimensions[Axis];
        Inner = Broadcast.Product(shape.Dimensions[(Axis + 1)..]);
    }

    /// <summary>The axis, counted from the front.</summary>
    public int Axis { get; }

    public int Outer { get; }

    public int Size { get; }

    public int Inner { get; }
}
