namespace DeepLearning;

/// <summary>
/// What the values are that a layer makes. Of a model's last layer it decides which losses and metrics belong to the model, and whether a classifier can be
/// made of it.
/// </summary>
public enum OutputMeaning
{
    /// <summary>Any numbers, as of <see cref="Dense"/>: quantities, or logits.</summary>
    Values,

    /// <summary>Numbers that are kept above or below some number, as of <see cref="Relu"/>: they can be no logits, which go both ways.</summary>
    Bounded,

    /// <summary>
    /// Numbers from 0 to 1 that reach both, as of <see cref="HardSigmoid"/>: above 0.5 means yes, but a cross-entropy of them has no slope at the ends.
    /// </summary>
    UnitInterval,

    /// <summary>Probabilities that sum to 1 over the last dimension, as of <see cref="Softmax"/>.</summary>
    Probabilities,

    /// <summary>Logarithms of probabilities over the last dimension, as of <see cref="LogSoftmax"/>. They can serve as logits.</summary>
    LogProbabilities,

    /// <summary>A probability of its own for each value, as of <see cref="Sigmoid"/>.</summary>
    IndependentProbabilities,
}

/// <summary>What follows from a meaning.</summary>
internal static class OutputMeaningExtensions
{
    /// <summary>Whether such values can be logits.</summary>
    public static bool CanBeLogits(this OutputMeaning meaning) => meaning is OutputMeaning.Values or OutputMeaning.LogProbabilities;

    /// <summary>Whether each value says yes or no by itself.</summary>
    public static bool IsYesOrNo(this OutputMeaning meaning) => meaning is OutputMeaning.IndependentProbabilities or OutputMeaning.UnitInterval;

    /// <summary>Whether the values along the last dimension share one whole.</summary>
    public static bool IsOverClasses(this OutputMeaning meaning) => meaning is OutputMeaning.Probabilities or OutputMeaning.LogProbabilities;

    /// <summary>Whether the values are probabilities, of whichever form.</summary>
    public static bool IsProbability(this OutputMeaning meaning) => meaning is OutputMeaning.Probabilities or OutputMeaning.IndependentProbabilities;
}
