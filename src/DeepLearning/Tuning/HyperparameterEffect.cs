namespace DeepLearning;

/// <summary>How much a hyperparameter mattered in a search.</summary>
/// <param name="Hyperparameter">The hyperparameter.</param>
/// <param name="Share">
/// From 0 to 1: the share of the variance of the trials' ranks that it alone explains, adjusted for chance. For ordered values by a parabola over their
/// positions, for a choice by the means of its values. Effects that only two hyperparameters have together are not seen.
/// </param>
public sealed record HyperparameterEffect(Hyperparameter Hyperparameter, double Share);
