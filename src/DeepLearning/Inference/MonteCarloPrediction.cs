namespace DeepLearning;

/// <summary>
/// What <see cref="Model.PredictSamples(Tensor, int, Seed, bool)"/> returns: mean and standard deviation of predictions with random layers such as dropout
/// active. The deviation says how much the model's answer depends on the units that were dropped: its uncertainty. Gal and Ghahramani 2016.
/// </summary>
/// <param name="Mean">The mean of the samples, [rows, …output].</param>
/// <param name="StandardDeviation">√(mean of (y − mean)²) over the samples, of the same shape.</param>
/// <param name="Samples">All predictions, [samples, rows, …output], if they were asked for; else null.</param>
public sealed record MonteCarloPrediction(Tensor Mean, Tensor StandardDeviation, Tensor? Samples);
