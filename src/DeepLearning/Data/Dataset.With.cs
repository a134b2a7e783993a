namespace DeepLearning;

public sealed partial class Dataset
{
    /// <summary>The same rows with other inputs, such as scaled ones; feature names are kept where the columns are as many.</summary>
    /// <param name="inputs">[n, …], as many rows as before.</param>
    /// <exception cref="ShapeMismatchException">Another number of rows.</exception>
    public Dataset WithInputs(Tensor inputs) => new(inputs, Targets, SampleWeights)
    {
        ClassLabels = ClassLabels,
        ClassNames = ClassNames,
        FeatureNames = inputs.Count == Inputs.Count && (inputs.Rank != 2 || inputs.Shape[1] == FeatureNames.Count) ? FeatureNames : [],
    };

    /// <summary>
    /// The same rows with other targets, such as scaled or one-hot ones. Class names are kept where they can name these: labels from 0, or a column a class.
    /// </summary>
    /// <param name="targets">[n, …], as many rows as before.</param>
    /// <exception cref="ShapeMismatchException">Another number of rows.</exception>
    public Dataset WithTargets(Tensor targets) => new(Inputs, targets, SampleWeights)
    {
        ClassNames = CanName(targets) ? ClassNames : [],
        FeatureNames = FeatureNames,
    };

    private bool CanName(Tensor targets)
    {
        if (targets.Count != targets.Shape[0]) return targets.Rank > 1 && targets.Shape[-1] == ClassNames.Count;
        foreach (float label in targets.AsReadOnlySpan())
            if (!(label >= 0f && label < ClassNames.Count && label == MathF.Floor(label))) return false;
        return true;
    }
}
