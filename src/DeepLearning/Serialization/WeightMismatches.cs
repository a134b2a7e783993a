namespace DeepLearning;

/// <summary>What keeps tensors of a file from being a model's weights, every item of it.</summary>
internal static class WeightMismatches
{
    /// <summary>Compares names and shapes.</summary>
    /// <param name="expected">The model's parameters.</param>
    /// <param name="tensors">What came.</param>
    /// <param name="isWeight">Tells weights from other tensors; by default every tensor is one.</param>
    /// <returns>One sentence for each mismatch.</returns>
    public static IReadOnlyList<string> Of(
        IReadOnlyList<(string Name, Shape Shape)> expected, IReadOnlyDictionary<string, Tensor> tensors, Func<string, bool>? isWeight = null)
    {
        var mismatches = new List<string>();
        var known = new HashSet<string>();
        foreach ((string name, Shape shape) in expected)
        {
            known.Add(name);
            if (!tensors.TryGetValue(name, out Tensor? tensor)) mismatches.Add($"{name} {shape} is missing");
            else if (tensor.Shape != shape) mismatches.Add($"{name} has shape {tensor.Shape}, expected {shape}");
        }

        foreach ((string name, Tensor tensor) in tensors)
            if (!known.Contains(name) && isWeight?.Invoke(name) != false) mismatches.Add($"{name} {tensor.Shape} has no place in the model");
        return mismatches;
    }

    /// <summary>The sentences in one message.</summary>
    public static string Message(string file, IReadOnlyList<string> mismatches)
        => $"{file} does not fit the model, and nothing was loaded: {string.Join("; ", mismatches)}.";
}
