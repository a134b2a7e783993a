namespace DeepLearning;

/// <summary>
/// Checks the batches of a stream as they arrive, without allocating: metrics are tested again only when the shape of the targets changes.
/// </summary>
internal sealed class BatchCheck(Model model, Compilation compilation, bool allowNonFinite)
{
    private Shape[] tried = [];
    private IReadOnlyList<string> named = [];

    /// <summary>The name of the batches in messages.</summary>
    public string Name { get; init; } = "the data";

    /// <summary>Data in memory whose class names must agree with those of the batches.</summary>
    public Dataset? Beside { get; init; }

    /// <summary>The name of that data in messages.</summary>
    public string BesideName { get; init; } = "";

    /// <exception cref="ArgumentException">The batch cannot be used; the weights are those of the last complete step.</exception>
    public void Require(Batch batch)
    {
        if (batch.Count == 0)
            throw new ArgumentException($"A batch needs at least one row, got {batch}.", nameof(batch));
        RequireNames(batch.ClassNames);
        compilation.ValidateValues(model, batch.InputTensors, batch.TargetTensors, batch.ClassLabels, allowNonFinite);
        if (batch.SampleWeights is { } weights) Dataset.RequireWeights(weights);
        if (AreTried(batch.TargetTensors)) return;
        compilation.TryMetrics(batch.TargetTensors);
        tried = [.. batch.TargetTensors.Select(t => t.Shape.WithoutFirst())];
    }

    private bool AreTried(IReadOnlyList<Tensor> targets)
    {
        if (tried.Length != targets.Count) return false;
        for (int t = 0; t < tried.Length; t++)
            if (!targets[t].Shape.Dimensions[1..].SequenceEqual(tried[t].Dimensions)) return false;
        return true;
    }

    /// <summary>Checks class names, once per distinct consecutive list.</summary>
    private void RequireNames(IReadOnlyList<string> names)
    {
        if (names.Count == 0 || ReferenceEquals(names, named)) return;
        ClassLabels.RequireAgreement(model.ClassNames, "the model", names, Name);
        ClassLabels.RequireAgreement(named, "an earlier batch", names, Name);
        if (Beside is not null) ClassLabels.RequireAgreement(names, Name, Beside.ClassNames, BesideName);
        named = names;
    }
}
