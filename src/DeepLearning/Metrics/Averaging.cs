namespace DeepLearning;

/// <summary>
/// How a yes-or-no figure, such as precision, becomes one figure for several classes or labels. scikit-learn: <c>average</c>; Keras's <c>F1Score(average)</c>
/// has <c>None</c>, one figure per class, instead of <see cref="Binary"/>.
/// </summary>
public enum Averaging
{
    /// <summary>The figure of the positive class: of a single output, or of class 1 of two. More classes are rejected.</summary>
    Binary,

    /// <summary>The figure of all classes' counts together. For exclusive classes, precision, recall and F-score then all equal the accuracy.</summary>
    Micro,

    /// <summary>The mean of the classes' figures. Exclusive classes that occur neither in the targets nor in the predictions are left out, as in scikit-learn;
    /// Keras counts them as 0.</summary>
    Macro,

    /// <summary>The mean of the classes' figures, each weighted by the number of its samples in the targets.</summary>
    Weighted,
}
