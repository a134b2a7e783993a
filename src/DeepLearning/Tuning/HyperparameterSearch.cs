using System.Runtime.CompilerServices;

namespace DeepLearning;

/// <summary>
/// Tries settings and keeps a table of what each led to. A search proposes rounds of trials, each depending only on the seed and on the results of earlier
/// rounds, so it gives the same trials on every run, and again after it was killed.
/// </summary>
/// <example>
/// <code>
/// Hyperparameter&lt;double> rate = Hyperparameter.LogUniform("rate", 1e-4, 1e-1);
/// Hyperparameter&lt;int> units = Hyperparameter.Choice("units", 16, 32, 64);
/// SearchResult result = new BayesianSearch([rate, units], trials: 20).Run(trial =>
/// {
///     Sequential model = Sequential.Input(8).Dense(trial.Get(units)).Relu().Dense(1).Build(seed: 42);
///     model.Compile(new Adam(trial.Get(rate)), new MeanSquaredError()).Fit(train, new FitOptions { Epochs = 30 });
///     return model.Evaluate(validation).Loss;
/// });
/// Console.WriteLine(result);
/// </code>
/// </example>
public abstract class HyperparameterSearch
{
    private const uint SeedStream = 0x5EA2_0003;

    private protected HyperparameterSearch(IReadOnlyList<Hyperparameter> hyperparameters) => Space = new SearchSpace(hyperparameters);

    /// <summary>What is varied.</summary>
    public IReadOnlyList<Hyperparameter> Hyperparameters => Space.Dimensions;

    /// <summary>Determines the trials; 0 by default.</summary>
    public Seed Seed { get; init; } = 0;

    /// <summary>Whether a larger objective is better, as for an accuracy; false by default, as for a loss.</summary>
    public bool Maximizes { get; init; }

    /// <summary>
    /// Trials that run at once, each on its own thread; 1 by default. Together they use no more cores than <see cref="Parallelism.ThreadCount"/>, or one for
    /// each if they are more. The objective must then be safe to call from several threads.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int ParallelTrials
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1;

    /// <summary>
    /// Where results are kept: a file <c>search.jsonl</c> to which each trial is appended when it ends. A search that was interrupted goes on from there. Null
    /// by default: nothing is kept.
    /// </summary>
    public string? Folder { get; init; }

    internal SearchSpace Space { get; }

    /// <summary>Runs the trials that are not in <see cref="Folder"/> yet.</summary>
    /// <param name="objective">
    /// Trains a model with the trial's values and returns how good it is: a validation figure, never one of the test set. A
    /// <see cref="TrainingDivergedException"/>, NaN or infinity counts as a failed trial; any other exception ends the search.
    /// </param>
    /// <param name="cancellation">Starts no further trial; <see cref="Trial.Cancellation"/> is this token.</param>
    /// <returns>All trials.</returns>
    /// <exception cref="InvalidDataException">The file in the folder is damaged.</exception>
    /// <exception cref="InvalidOperationException">The file in the folder is of another search: other hyperparameters, settings or seed.</exception>
    /// <exception cref="IOException">The folder cannot be written, or another search is using it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public SearchResult Run(Func<Trial, double> objective, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        using SearchLog? log = Folder is null ? null : SearchLog.Open(Folder, Describe(), Space);
        var results = new List<TrialResult>();
        while (Next(results) is { Count: > 0 } round)
        {
            var trials = new TrialRound(this, objective, log, cancellation);
            results.AddRange(trials.Run(round));
        }

        return new SearchResult(this, results);
    }

    /// <summary>The seed of a configuration, which neighbouring searches and configurations do not share.</summary>
    internal Seed SeedOf(int configuration) => new Kernels.Philox(Seed.Value, SeedStream, 0).SeedOf((ulong)configuration);

    /// <summary>The next trials to run; none when the search is complete.</summary>
    internal abstract IReadOnlyList<TrialPlan> Next(IReadOnlyList<TrialResult> results);

    /// <summary>The settings of this kind of search that its trials depend on.</summary>
    internal abstract string DescribeSettings();

    /// <summary>The better of two objectives comes first; failed trials come last.</summary>
    internal int Compare(double a, double b)
    {
        bool aFails = !double.IsFinite(a), bFails = !double.IsFinite(b);
        if (aFails || bFails) return aFails.CompareTo(bFails);
        return Maximizes ? b.CompareTo(a) : a.CompareTo(b);
    }

    /// <summary>The best results first; equal ones in their own order.</summary>
    internal IEnumerable<TrialResult> Ranked(IEnumerable<TrialResult> results)
        => results.OrderBy(r => r.Objective, Comparer<double>.Create(Compare)).ThenBy(r => r.Number);

    private protected static int RequireTrials(int trials, int minimum = 1, [CallerArgumentExpression(nameof(trials))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, minimum, name);
        return trials;
    }

    private string[] Describe()
        => [$"{GetType().Name}: {DescribeSettings()}", $"seed {Seed}", Maximizes ? "maximizes" : "minimizes", .. Space.Describe()];
}
