namespace DeepLearning;

/// <summary>
/// The meaning of a layer's output values. That of the last layer determines which losses and metrics fit the model, and whether a classifier can be created
/// from it.
/// </summary>
public enum OutputMeaning
{
    /// <summary>Any numbers, as from <see cref="Dense"/>: quantities, or logits.</summary>
    Values,

    /// <summary>Numbers bounded on one side, as from <see cref="Relu"/>: they cannot be logits, which are unbounded in both directions.</summary>
    Bounded,

    /// <summary>
    /// Numbers from 0 to 1, both included, as from <see cref="HardSigmoid"/>: above 0.5 means yes, but a cross-entropy of them has no slope at the ends.
    /// </summary>
    UnitInterval,

    /// <summary>Probabilities that sum to 1 over the last dimension, as from <see cref="Softmax"/>.</summary>
    Probabilities,

    /// <summary>Logarithms of probabilities over the last dimension, as from <see cref="LogSoftmax"/>. They can serve as logits.</summary>
    LogProbabilities,

    /// <summary>An independent probability for each value, as from <see cref="Sigmoid"/>.</summary>
    IndependentProbabilities,
}

/// <summary>What follows from a meaning.</summary>
internal static class OutputMeaningExtensions
{
    /// <summary>Whether such values can be logits.</summary>
    public static bool CanBeLogits(this OutputMeaning meaning) => meaning is OutputMeaning.Values or OutputMeaning.LogProbabilities;

    /// <summary>Whether each value is an independent yes or no.</summary>
    public static bool IsYesOrNo(this OutputMeaning meaning) => meaning is OutputMeaning.IndependentProbabilities or OutputMeaning.UnitInterval;

    /// <summary>Whether the values along the last dimension sum to a whole.</summary>
    public static bool IsOverClasses(this OutputMeaning meaning) => meaning is OutputMeaning.Probabilities or OutputMeaning.LogProbabilities;

    /// <summary>Whether the values are probabilities in any form.</summary>
    public static bool IsProbability(this OutputMeaning meaning) => meaning is OutputMeaning.Probabilities or OutputMeaning.IndependentProbabilities;
}
