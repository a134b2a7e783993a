namespace DeepLearning;

/// <summary>Tries every combination: all values of a choice or a range of whole numbers, and evenly spaced values of an interval, its ends included.</summary>
public sealed class GridSearch : HyperparameterSearch
{
    private const int MostTrials = 100_000;

    private readonly int points;

    /// <summary>A grid search.</summary>
    /// <param name="hyperparameters">What to vary.</param>
    /// <param name="points">The values of each interval, and of whole numbers if there are more; 5 by default.</param>
    /// <exception cref="ArgumentException">There is no hyperparameter, two have one name, or there are more than 100,000 combinations.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2 points.</exception>
    public GridSearch(IReadOnlyList<Hyperparameter> hyperparameters, int points = 5) : base(hyperparameters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        this.points = points;
        double combinations = Space.Dimensions.Aggregate(1.0, (product, d) => product * CountOf(d));
        if (combinations > MostTrials)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The grid has {combinations:G6} combinations, more than {MostTrials}: use {nameof(RandomSearch)}."),
                nameof(hyperparameters));
        }
    }

    internal override string DescribeSettings() => FormattableString.Invariant($"{points} points");

    internal override IReadOnlyList<TrialPlan> Next(IReadOnlyList<TrialResult> results)
    {
        if (results.Count > 0) return [];
        var plans = new List<TrialPlan> { new(0, []) };
        foreach (Hyperparameter dimension in Space.Dimensions)
        {
            double[] positions = PositionsOf(dimension);
            plans = [.. plans.SelectMany(p => positions, (p, position) => new TrialPlan(0, [.. p.Point, position]))];
        }

        return [.. plans.Select((p, number) => p with { Number = number })];
    }

    private int CountOf(Hyperparameter dimension) => dimension switch
    {
        { ValueCount: { } count, IsOrdered: false } => count,
        { ValueCount: { } count } => Math.Min(count, points),
        _ => points,
    };

    private double[] PositionsOf(Hyperparameter dimension)
    {
        int count = CountOf(dimension);
        var positions = new double[count];
        for (int i = 0; i < count; i++)
            positions[i] = dimension.ValueCount == count ? Hyperparameter.PositionOf(i, count) : (double)i / (count - 1);
        return positions;
    }
}
