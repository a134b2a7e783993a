namespace DeepLearning;

/// <summary>The inputs or the targets of data: usually one tensor, several for some models.</summary>
internal static class SeveralTensors
{
    /// <summary>The only tensor.</summary>
    /// <param name="tensors">The inputs or the targets.</param>
    /// <param name="of">The owner, for the message.</param>
    /// <param name="list">The property that lists them.</param>
    /// <exception cref="InvalidOperationException">There are several.</exception>
    public static Tensor Only(Tensor[] tensors, string of, string list)
        => tensors.Length == 1
            ? tensors[0]
            : throw new InvalidOperationException(
                $"The {of} has {tensors.Length} {(list == nameof(Dataset.InputTensors) ? "inputs" : "targets")}, {ShapesOf(tensors)}: take them from {list}.");

    /// <summary>For example <c>[60, 28, 28] and [60, 1]</c>.</summary>
    public static string ShapesOf(Tensor[] tensors) => Joined(Array.ConvertAll(tensors, t => t.Shape));

    /// <summary>For example <c>[28, 28] and [1]</c>.</summary>
    public static string RowShapesOf(Tensor[] tensors) => Joined(RowShapes(tensors));

    /// <summary>The shape of a row of each.</summary>
    public static Shape[] RowShapes(Tensor[] tensors) => Array.ConvertAll(tensors, t => t.Shape.WithoutFirst());

    private static string Joined(Shape[] shapes)
        => shapes.Length == 1 ? $"{shapes[0]}" : $"{string.Join(", ", shapes.SkipLast(1))} and {shapes[^1]}";
}
