namespace DeepLearning.Results;

/// <summary>One row of docs/results.md: what was trained, how, and what a well-known method reaches.</summary>
internal abstract class Experiment
{
    public abstract string Name { get; }

    public abstract string Settings { get; }

    public abstract string Seeds { get; }

    /// <summary>Trains; says what came out, and what a well-known method reaches.</summary>
    public abstract (string Result, string Baseline) Run();

    /// <summary>Mean and spread of accuracies, in per cent.</summary>
    protected static string Summary(IReadOnlyList<double> accuracies)
    {
        double mean = accuracies.Average();
        double deviation = Math.Sqrt(accuracies.Select(a => (a - mean) * (a - mean)).Sum() / Math.Max(1, accuracies.Count - 1));
        return $"{100 * mean:0.00} % ± {100 * deviation:0.00} (n = {accuracies.Count}: {string.Join(", ", accuracies.Take(5).Select(a => $"{100 * a:0.00}"))}{(accuracies.Count > 5 ? ", …" : "")})";
    }
}
