namespace DeepLearning;

/// <summary>Looks for targets that can be trained on but are probably a mistake.</summary>
internal static class TargetWarnings
{
    /// <summary>A warning if every sample has the same target: a single class, or a constant.</summary>
    public static IReadOnlyList<string> Of(Tensor targets)
    {
        ReadOnlySpan<float> values = targets.AsReadOnlySpan();
        int rows = targets.Shape.Dimensions[0], length = values.Length / rows;
        if (rows < 2 || length == 0) return [];
        // Every row equals the one before it: one comparison of the tensor with itself, shifted by a row.
        return values[length..].SequenceEqual(values[..^length]) ? [$"All {rows} training samples have the same target, so there is nothing to learn."] : [];
    }
}
