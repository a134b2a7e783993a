namespace DeepLearning.Tests.Tuning;

/// <summary>Hyperparameters that the tests of searches share.</summary>
internal static class Spaces
{
    public static Hyperparameter<double> Rate { get; } = Hyperparameter.LogUniform("rate", 1e-4, 1e-1);

    public static Hyperparameter<double> DropoutRate { get; } = Hyperparameter.Uniform("dropout", 0, 0.5);

    public static Hyperparameter<int> Units { get; } = Hyperparameter.Choice("units", 8, 16, 32);

    /// <summary>Lowest, 0, at a rate of 0.01, a dropout of 0.2 and 16 units.</summary>
    public static double Valley(Trial trial)
        => Math.Pow(Math.Log10(trial.Get(Rate)) + 2, 2) + 4 * Math.Pow(trial.Get(DropoutRate) - 0.2, 2) + (trial.Get(Units) == 16 ? 0 : 0.5);

    public static IReadOnlyList<string> Texts(this SearchResult result) => [.. result.Trials.Select(t => t.ToString())];
}
