namespace DeepLearning;

/// <summary>A trial to run: a configuration and how long to train it.</summary>
/// <param name="Number">The number of the configuration.</param>
/// <param name="Point">Its position for each hyperparameter.</param>
/// <param name="Epochs">The epochs, if the search sets them.</param>
internal readonly record struct TrialPlan(int Number, double[] Point, int? Epochs = null);
