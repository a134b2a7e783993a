using System.Globalization;
using System.Text;

namespace DeepLearning;

/// <summary>The trials of a search, the best of them, and what mattered.</summary>
public sealed class SearchResult
{
    private readonly HyperparameterSearch search;
    private readonly Lazy<HyperparameterEffect[]> effects;

    internal SearchResult(HyperparameterSearch search, IReadOnlyList<TrialResult> trials)
    {
        (this.search, Trials) = (search, trials);
        // Of successive halving, only trials of the last round were trained as long as the best.
        TrialResult[] last = [.. trials.Where(t => t.Epochs == trials[^1].Epochs)];
        Ranked = [.. search.Ranked(last), .. trials.Except(last).GroupBy(t => t.Epochs).OrderByDescending(g => g.Key).SelectMany(search.Ranked)];
        effects = new Lazy<HyperparameterEffect[]>(() =>
        {
            TrialResult[] compared = [.. trials.Where(t => t.Epochs == trials[0].Epochs && !t.Failed)];
            return [.. search.Space.Dimensions.Select((d, i) => new HyperparameterEffect(d, EffectEstimate.Of(d, i, compared))).OrderByDescending(e => e.Share)];
        });
    }

    /// <summary>All trials in the order in which they were proposed.</summary>
    public IReadOnlyList<TrialResult> Trials { get; }

    /// <summary>All trials, the best first; of <see cref="SuccessiveHalving"/> those of later rounds come before those of earlier ones.</summary>
    public IReadOnlyList<TrialResult> Ranked { get; }

    /// <summary>The best trial that did not fail; of <see cref="SuccessiveHalving"/>, of the latest round that has one.</summary>
    /// <exception cref="InvalidOperationException">Every trial failed.</exception>
    public TrialResult Best
        => Ranked.FirstOrDefault(t => !t.Failed)
            ?? throw new InvalidOperationException("Every trial of the search diverged or returned NaN or infinity: try lower learning rates or scaled inputs.");

    /// <summary>What mattered most first. Of <see cref="SuccessiveHalving"/>, from its first round, where the most trials are comparable.</summary>
    public IReadOnlyList<HyperparameterEffect> Effects => effects.Value;

    /// <summary>What was varied.</summary>
    public IReadOnlyList<Hyperparameter> Hyperparameters => search.Hyperparameters;

    /// <summary>Whether a larger objective is better.</summary>
    public bool Maximizes => search.Maximizes;

    /// <summary>A table of the ten best trials, and what mattered.</summary>
    public override string ToString() => ToString(trials: 10);

    /// <summary>A table of the best trials, and what mattered.</summary>
    /// <param name="trials">How many trials at most, ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public string ToString(int trials)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trials);
        bool hasEpochs = Trials[0].Epochs is not null;
        List<string[]> rows =
        [
            ["trial", .. search.Space.Dimensions.Select(d => d.Name), .. hasEpochs ? ["epochs"] : Array.Empty<string>(), "objective"],
            .. Ranked.Take(trials).Select(t => (string[])
            [
                t.Number.ToString(CultureInfo.InvariantCulture), .. search.Space.Dimensions.Select((d, i) => SearchText.Short(d.TextAt(t.Point[i]))),
                .. t.Epochs is { } epochs ? [epochs.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
                t.Failed ? "failed" : t.Objective.ToString("G5", CultureInfo.InvariantCulture),
            ]),
        ];
        int[] widths = [.. rows[0].Select((_, c) => rows.Max(r => r[c].Length))];
        var text = new StringBuilder();
        foreach (string[] row in rows) text.AppendJoin("  ", row.Select((cell, c) => cell.PadLeft(widths[c]))).Append('\n');
        if (Ranked.Count > trials) text.Append(CultureInfo.InvariantCulture, $"… of {Ranked.Count} trials\n");
        return text.Append("what mattered: ")
            .AppendJoin(", ", Effects.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Hyperparameter.Name} {e.Share:P0}"))).ToString();
    }
}
