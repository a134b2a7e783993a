namespace DeepLearning;

/// <summary>
/// Checks the batches of a stream as they come, and allocates nothing for it: metrics are tried again only where the targets have another shape.
/// </summary>
internal sealed class BatchCheck(Model model, Compilation compilation, bool allowNonFinite)
{
    private Shape? tried;
    private IReadOnlyList<string> named = [];

    /// <summary>What the batches are called in messages.</summary>
    public string Name { get; init; } = "the data";

    /// <summary>Data in memory whose class names must agree with those of the batches.</summary>
    public Dataset? Beside { get; init; }

    /// <summary>What that data is called.</summary>
    public string BesideName { get; init; } = "";

    /// <exception cref="ArgumentException">The batch cannot be used; the weights are those of the last whole step.</exception>
    public void Require(Batch batch)
    {
        if (batch.Count == 0)
            throw new ArgumentException($"A batch needs at least one row, got inputs {batch.Inputs.Shape}, targets {batch.Targets.Shape}.", nameof(batch));
        RequireNames(batch.ClassNames);
        compilation.ValidateValues(model, batch.Inputs, batch.Targets, batch.ClassLabels, allowNonFinite);
        if (batch.SampleWeights is { } weights) Dataset.RequireWeights(weights);
        if (tried is { } shape && batch.Targets.Shape.Dimensions[1..].SequenceEqual(shape.Dimensions)) return;
        compilation.TryMetrics(model, batch.Targets);
        tried = batch.Targets.Shape.WithoutFirst();
    }

    /// <summary>Checks class names once for each list that is not the one before.</summary>
    private void RequireNames(IReadOnlyList<string> names)
    {
        if (names.Count == 0 || ReferenceEquals(names, named)) return;
        ClassLabels.RequireAgreement(model.ClassNames, "the model", names, Name);
        ClassLabels.RequireAgreement(named, "an earlier batch", names, Name);
        if (Beside is not null) ClassLabels.RequireAgreement(names, Name, Beside.ClassNames, BesideName);
        named = names;
    }
}
