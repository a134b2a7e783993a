namespace DeepLearning;

/// <summary>
/// Checks the batches of a stream as they come, and allocates nothing for it: metrics are tried again only where the targets have another shape.
/// </summary>
internal sealed class BatchCheck(Sequential model, Compilation compilation, bool allowNonFinite)
{
    private Shape? tried;

    /// <exception cref="ArgumentException">The batch cannot be used; the weights are those of the last whole step.</exception>
    public void Require(Batch batch)
    {
        if (batch.Count == 0)
            throw new ArgumentException($"A batch needs at least one row, got inputs {batch.Inputs.Shape}, targets {batch.Targets.Shape}.", nameof(batch));
        compilation.ValidateValues(model, batch.Inputs, batch.Targets, batch.ClassLabels, allowNonFinite);
        if (batch.SampleWeights is { } weights) Dataset.RequireWeights(weights);
        if (tried is { } shape && batch.Targets.Shape.Dimensions[1..].SequenceEqual(shape.Dimensions)) return;
        compilation.TryMetrics(model, batch.Targets);
        tried = batch.Targets.Shape.WithoutFirst();
    }
}
