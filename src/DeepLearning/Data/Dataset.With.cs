namespace DeepLearning;

public sealed partial class Dataset
{
    /// <summary>The same rows with other inputs, such as scaled ones; feature names are kept where the columns are as many.</summary>
    /// <param name="inputs">[n, …], as many rows as before.</param>
    /// <exception cref="ShapeMismatchException">Another number of rows.</exception>
    public Dataset WithInputs(Tensor inputs) => new(inputs, Targets, SampleWeights)
    {
        ClassNames = ClassNames,
        FeatureNames = inputs.Count == Inputs.Count ? FeatureNames : [],
    };

    /// <summary>The same rows with other targets, such as scaled or one-hot ones.</summary>
    /// <param name="targets">[n, …], as many rows as before.</param>
    /// <exception cref="ShapeMismatchException">Another number of rows.</exception>
    public Dataset WithTargets(Tensor targets) => new(Inputs, targets, SampleWeights) { ClassNames = ClassNames, FeatureNames = FeatureNames };
}
