namespace DeepLearning;

/// <summary>Checks that inputs, targets and weights match row by row.</summary>
internal static class RowCounts
{
    public static void RequireEqual(Tensor[] inputs, Tensor[] targets, Tensor? sampleWeights)
    {
        RequireRows(inputs, "Inputs", nameof(inputs));
        RequireRows(targets, "Targets", nameof(targets));
        if (targets.Any(t => t.IsInteger) || sampleWeights is { IsInteger: true })
        {
            throw new ArgumentException(
                "Indices are inputs; targets and sample weights are numbers. Give labels as int[], or make numbers of indices with "
                + "Tensor.From(indices.AsIntegers(), indices.Shape).", sampleWeights is { IsInteger: true } ? nameof(sampleWeights) : nameof(targets));
        }

        Tensor first = inputs[0];
        int rows = first.Shape.Dimensions[0];
        for (int i = 1; i < inputs.Length; i++)
        {
            if (inputs[i].Shape.Dimensions[0] != rows)
                throw new ShapeMismatchException($"{Counted(inputs, i, "Inputs")}, but {Counted(inputs, 0, "Inputs")}.", nameof(inputs));
        }

        for (int i = 0; i < targets.Length; i++)
        {
            if (targets[i].Shape.Dimensions[0] == rows) continue;
            throw new ShapeMismatchException(
                inputs.Length == 1 && targets.Length == 1
                    ? $"Inputs {first.Shape} have {rows} rows, but targets {targets[0].Shape} have {targets[0].Shape[0]}."
                    : $"{Counted(targets, i, "Targets")}, but {Counted(inputs, 0, "Inputs")}.", nameof(targets));
        }

        if (sampleWeights is not null && !(sampleWeights.Rank == 1 && sampleWeights.Shape.Dimensions[0] == rows))
        {
            throw new ShapeMismatchException(
                $"Sample weights need one weight per row: expected shape [{rows}], got {sampleWeights.Shape}.", nameof(sampleWeights));
        }
    }

    /// <summary>A copy of a list, which may not be empty.</summary>
    public static Tensor[] Listed(IReadOnlyList<Tensor> tensors, string name)
    {
        ArgumentNullException.ThrowIfNull(tensors, name);
        return tensors.Count > 0 ? [.. tensors] : throw new ArgumentException($"Expected at least one tensor of {name}, got an empty list.", name);
    }

    private static void RequireRows(Tensor[] tensors, string what, string name)
    {
        foreach (Tensor tensor in tensors)
        {
            ArgumentNullException.ThrowIfNull(tensor, name);
            if (tensor.Rank > 0) continue;
            string list = tensors.Length == 1 ? "" : $" in a list of {tensors.Length} tensors. A list has a tensor for each of the {name} of a model";
            throw new ShapeMismatchException($"{what} need a first dimension that counts the rows, got a single number{list}.", name);
        }
    }

    private static string Counted(Tensor[] tensors, int place, string what)
        => tensors.Length == 1 ? $"{what} {tensors[0].Shape} have {tensors[0].Shape[0]} rows"
            : $"{what}[{place}] {tensors[place].Shape} has {tensors[place].Shape[0]} rows";
}
