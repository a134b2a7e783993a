namespace DeepLearning;

/// <summary>Shapes of element-wise merges.</summary>
internal static class SameShape
{
    /// <summary>The one shape that all inputs have.</summary>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    public static Shape Of(IReadOnlyList<Shape> inputs, string verb)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (Shape input in inputs)
            if (input != inputs[0]) throw new ShapeMismatchException($"{verb} values of one shape");
        return inputs[0];
    }
}
