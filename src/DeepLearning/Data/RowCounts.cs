namespace DeepLearning;

/// <summary>Inputs, targets and weights belong together row by row.</summary>
internal static class RowCounts
{
    public static void RequireEqual(Tensor inputs, Tensor targets, Tensor? sampleWeights)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        if (inputs.Rank == 0)
            throw new ShapeMismatchException("Inputs need a first dimension that counts the rows, got a single number.", nameof(inputs));
        if (targets.Rank == 0)
            throw new ShapeMismatchException("Targets need a first dimension that counts the rows, got a single number.", nameof(targets));
        if (targets.IsInteger || sampleWeights is { IsInteger: true })
        {
            throw new ArgumentException(
                "Indices are inputs; targets and sample weights are numbers. Give labels as int[], or make numbers of indices with "
                + "Tensor.From(indices.AsIntegers(), indices.Shape).", targets.IsInteger ? nameof(targets) : nameof(sampleWeights));
        }

        int rows = inputs.Shape[0];
        if (targets.Shape[0] != rows)
        {
            throw new ShapeMismatchException(
                $"Inputs {inputs.Shape} have {rows} rows, but targets {targets.Shape} have {targets.Shape[0]}.", nameof(targets));
        }

        if (sampleWeights is not null && !sampleWeights.Shape.Equals([rows]))
        {
            throw new ShapeMismatchException(
                $"Sample weights need one weight a row: expected shape [{rows}], got {sampleWeights.Shape}.", nameof(sampleWeights));
        }
    }
}
