namespace DeepLearning;

/// <summary>Everything that prevents the tensors of a file from being a model's weights.</summary>
internal static class WeightMismatches
{
    private const int MostOfAKind = 10;

    /// <summary>Compares names and shapes.</summary>
    /// <param name="expected">The model's parameters.</param>
    /// <param name="tensors">The tensors found.</param>
    /// <param name="isWeight">Whether a tensor is a weight; by default every tensor is.</param>
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

        mismatches.AddRange(Some<string>(
        [
            .. tensors.Where(t => !known.Contains(t.Key) && isWeight?.Invoke(t.Key) != false).Select(t => $"{t.Key} {t.Value.Shape} has no place in the model"),
        ]));
        return mismatches;
    }

    /// <summary>The first few, and the number of the others: a foreign file may have thousands.</summary>
    public static IEnumerable<string> Some<T>(IReadOnlyCollection<T> items)
    {
        IEnumerable<string> first = items.Take(MostOfAKind).Select(item => $"{item}");
        return items.Count <= MostOfAKind ? first : first.Append($"… and {items.Count - MostOfAKind} more");
    }

    /// <summary>The sentences in one message.</summary>
    public static string Message(string file, IReadOnlyList<string> mismatches)
        => $"{file} does not fit the model, and nothing was loaded: {string.Join("; ", mismatches)}.";
}
