namespace DeepLearning;

/// <summary>
/// Trains many random configurations for a few epochs, keeps the best part, trains those for more epochs, and so on until one is left (Jamieson and Talwalkar
/// 2016). With 27 configurations, 2 epochs and a factor of 3: 27 for 2 epochs, 9 for 6, 3 for 18, 1 for 54.
/// </summary>
public sealed class SuccessiveHalving : HyperparameterSearch
{
    private readonly int configurations, epochs, factor;

    /// <summary>A search by successive halving.</summary>
    /// <param name="hyperparameters">What to vary.</param>
    /// <param name="configurations">How many random configurations to begin with.</param>
    /// <param name="epochs">The epochs of the first round, as <see cref="Trial.Epochs"/>.</param>
    /// <param name="factor">One in how many goes on to the next round, for as many times the epochs; 3 by default.</param>
    /// <exception cref="ArgumentException">There is no hyperparameter, two have one name, or there are fewer points than configurations.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A factor below 2, epochs below 1, fewer configurations than the factor, or more epochs in the last round than an int holds.
    /// </exception>
    public SuccessiveHalving(IReadOnlyList<Hyperparameter> hyperparameters, int configurations, int epochs, int factor = 3) : base(hyperparameters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        (this.configurations, this.epochs, this.factor) = (RequireTrials(configurations, factor), epochs, factor);
        RandomSearch.RequirePoints(Space, configurations);
        double last = epochs * Math.Pow(factor, Math.Floor(Math.Log(configurations, factor) + 1e-9));
        if (last > int.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(epochs), epochs, FormattableString.Invariant($"The last round would train for {last:G6} epochs."));
    }

    internal override string DescribeSettings() => FormattableString.Invariant($"{configurations} configurations, {epochs} epochs, factor {factor}");

    internal override IReadOnlyList<TrialPlan> Next(IReadOnlyList<TrialResult> results)
    {
        if (results.Count == 0) return [.. RandomSearch.Draw(Space, Seed, configurations).Select(p => p with { Epochs = epochs })];
        int last = results[^1].Epochs!.Value;
        TrialResult[] round = [.. results.Where(r => r.Epochs == last)];
        int survivors = round.Length / factor;
        // A configuration that failed is not trained again for longer.
        return survivors == 0
            ? []
            : [.. Ranked(round.Where(r => !r.Failed)).Take(survivors).OrderBy(r => r.Number).Select(r => new TrialPlan(r.Number, r.Point, last * factor))];
    }
}
