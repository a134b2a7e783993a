using System.Runtime.CompilerServices;

namespace DeepLearning;

public sealed partial class Dataset
{
    /// <summary>The same rows with other inputs, such as scaled ones; feature names are kept if the number of columns is the same.</summary>
    /// <param name="inputs">[n, …], as many rows as before.</param>
    /// <exception cref="ShapeMismatchException">The number of rows differs.</exception>
    public Dataset WithInputs(Tensor inputs) => new([inputs], targets, SampleWeights)
    {
        ClassLabels = ClassLabels,
        ClassNames = ClassNames,
        FeatureNames = FeatureNames.Count > 0 && inputs.Count == Inputs.Count && (inputs.Rank != 2 || inputs.Shape[1] == FeatureNames.Count) ? FeatureNames : [],
    };

    /// <summary>The same rows with several other inputs.</summary>
    /// <param name="inputs">[n, …] each, as many rows as before.</param>
    /// <exception cref="ShapeMismatchException">The number of rows differs.</exception>
    /// <exception cref="ArgumentException">The list is empty.</exception>
    [OverloadResolutionPriority(-1)]
    public Dataset WithInputs(IReadOnlyList<Tensor> inputs)
    {
        Tensor[] listed = RowCounts.Listed(inputs, nameof(inputs));
        return listed is [var only] ? WithInputs(only) : new Dataset(listed, targets, SampleWeights) { ClassLabels = ClassLabels, ClassNames = ClassNames };
    }

    /// <summary>
    /// The same rows with other targets, such as scaled or one-hot ones. Class names are kept if they fit the new targets: labels from 0, or one column per
    /// class.
    /// </summary>
    /// <param name="targets">[n, …], as many rows as before.</param>
    /// <exception cref="ShapeMismatchException">The number of rows differs.</exception>
    public Dataset WithTargets(Tensor targets) => new(inputs, [targets], SampleWeights)
    {
        ClassNames = CanName(targets) ? ClassNames : [],
        FeatureNames = FeatureNames,
    };

    /// <summary>The same rows with several other targets; class names are not kept, as it would not be clear whose they are.</summary>
    /// <param name="targets">[n, …] each, as many rows as before.</param>
    /// <exception cref="ShapeMismatchException">The number of rows differs.</exception>
    /// <exception cref="ArgumentException">The list is empty.</exception>
    [OverloadResolutionPriority(-1)]
    public Dataset WithTargets(IReadOnlyList<Tensor> targets)
    {
        Tensor[] listed = RowCounts.Listed(targets, nameof(targets));
        return listed is [var only] ? WithTargets(only) : new Dataset(inputs, listed, SampleWeights) { FeatureNames = FeatureNames };
    }

    /// <summary>The same rows with other weights.</summary>
    /// <exception cref="ArgumentException">All are 0.</exception>
    internal Dataset WithSampleWeights(Tensor weights)
    {
        var weighted = new Dataset(this, inputs, targets, weights);
        weighted.RequireWeights();
        return weighted;
    }

    /// <summary>The same targets with inputs that are made of rows of these: names of features and classes are kept.</summary>
    internal Dataset WithRowsOf(Tensor[] inputs) => new(this, inputs, targets, SampleWeights);

    private bool CanName(Tensor targets)
    {
        if (targets.Count != targets.Shape[0]) return targets.Rank > 1 && targets.Shape[-1] == ClassNames.Count;
        foreach (float label in targets.AsReadOnlySpan())
            if (!(label >= 0f && label < ClassNames.Count && label == MathF.Floor(label))) return false;
        return true;
    }
}
