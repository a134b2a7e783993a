namespace DeepLearning;

/// <summary>
/// Models the objective by a Gaussian process and tries next where the expected improvement over the best is largest (Jones, Schonlau and Welch 1998; Snoek,
/// Larochelle and Adams 2012). Begins with random trials. For expensive trials, up to a few hundred of them.
/// </summary>
/// <remarks>
/// Each round proposes <see cref="HyperparameterSearch.ParallelTrials"/> trials, so its trials depend on that number; a proposal of the same round counts as
/// if it had come out as the model expects. The kernel is Matérn 5/2 over positions in [0, 1], with one length scale, chosen with the noise by the likelihood; a choice
/// counts as one coordinate for each value.
/// </remarks>
public sealed class BayesianSearch : HyperparameterSearch
{
    private const uint CandidateStream = 0x5EA2_0002;
    private const int CandidateCount = 2000, NeighbourCount = 200;

    private readonly int trials, initial;

    /// <summary>A Bayesian search.</summary>
    /// <param name="hyperparameters">What to vary.</param>
    /// <param name="trials">How many trials, the random ones included.</param>
    /// <param name="randomTrials">How many random trials to begin with; by default twice the hyperparameters and one more, at most half of the trials.</param>
    /// <exception cref="ArgumentException">There is no hyperparameter, two have one name, or there are fewer points than trials.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2 trials, fewer than 1 random trial, or more than there are trials.</exception>
    public BayesianSearch(IReadOnlyList<Hyperparameter> hyperparameters, int trials, int? randomTrials = null) : base(hyperparameters)
    {
        this.trials = RequireTrials(trials, 2);
        RandomSearch.RequirePoints(Space, trials);
        initial = randomTrials ?? Math.Min(2 * Space.Dimensions.Length + 1, trials / 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(initial, 1, nameof(randomTrials));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(initial, trials, nameof(randomTrials));
    }

    internal override string DescribeSettings() => FormattableString.Invariant($"{trials} trials, {initial} of them random, {ParallelTrials} a round");

    internal override IReadOnlyList<TrialPlan> Next(IReadOnlyList<TrialResult> results)
    {
        if (results.Count == 0) return RandomSearch.Draw(Space, Seed, initial);
        int count = Math.Min(ParallelTrials, trials - results.Count);
        if (count == 0) return [];
        (List<double[]> points, List<double> objectives) = Observed(results);
        var taken = new HashSet<string>(results.Select(r => Space.KeyOf(r.Point)));
        var plans = new TrialPlan[count];
        for (int i = 0; i < count; i++)
        {
            int number = results.Count + i;
            double[] point = Propose(points, objectives, taken, (ulong)number, out double expected);
            plans[i] = new TrialPlan(number, point);
            points.Add(Coordinates(point));
            objectives.Add(expected);
        }

        return plans;
    }

    /// <summary>Coordinates and objectives to minimize; a failed trial counts as the worst that was seen.</summary>
    private (List<double[]> Points, List<double> Objectives) Observed(IReadOnlyList<TrialResult> results)
    {
        double sign = Maximizes ? -1 : 1;
        double worst = results.Where(r => !r.Failed).Select(r => sign * r.Objective).DefaultIfEmpty(0).Max();
        return ([.. results.Select(r => Coordinates(r.Point))], [.. results.Select(r => r.Failed ? worst : sign * r.Objective)]);
    }

    private double[] Propose(List<double[]> points, List<double> objectives, HashSet<string> taken, ulong number, out double expected)
    {
        GaussianProcess model = GaussianProcess.Fit(points, objectives);
        double lowest = objectives.Min();
        (double[]? Point, double Improvement, double Mean) best = (null, double.NegativeInfinity, 0);
        ulong draw = number * (CandidateCount + NeighbourCount + 1UL);
        foreach (double[] candidate in Candidates(objectives, points, draw))
        {
            if (taken.Contains(Space.KeyOf(candidate))) continue;
            (double mean, double deviation) = model.Predict(Coordinates(candidate));
            double improvement = GaussianProcess.ExpectedImprovement(lowest, mean, deviation);
            if (improvement > best.Improvement) best = (candidate, improvement, mean);
        }

        // In a small space of which almost every point was tried, random candidates may miss the last ones.
        ulong further = draw + CandidateCount + NeighbourCount;
        double[] point = best.Point ?? Space.DrawNew(Seed, CandidateStream, ref further, taken);
        taken.Add(Space.KeyOf(point));
        expected = best.Point is null ? lowest : best.Mean;
        return point;
    }

    /// <summary>Random points, and points near the best one.</summary>
    private IEnumerable<double[]> Candidates(List<double> objectives, List<double[]> points, ulong draw)
    {
        for (int i = 0; i < CandidateCount; i++) yield return Space.Draw(Seed, CandidateStream, draw++);
        double[] best = Positions(points[objectives.IndexOf(objectives.Min())]);
        for (int i = 0; i < NeighbourCount; i++)
        {
            double[] random = Space.Draw(Seed, CandidateStream, draw++);
            double reach = 0.2 * (i + 1) / NeighbourCount;
            yield return [.. best.Select((b, d) => Near(Space.Dimensions[d], b, random[d], reach))];
        }
    }

    private static double Near(Hyperparameter dimension, double best, double random, double reach)
    {
        if (dimension.IsOrdered) return Math.Clamp(best + (2 * random - 1) * reach, 0, 1);
        return random < reach ? random / reach : best;
    }

    /// <summary>A position for each ordered hyperparameter, and a 1 at the value of each choice.</summary>
    private double[] Coordinates(double[] point)
    {
        var coordinates = new List<double>();
        for (int d = 0; d < point.Length; d++)
        {
            Hyperparameter dimension = Space.Dimensions[d];
            if (dimension.ValueCount is not { } count)
            {
                coordinates.Add(point[d]);
                continue;
            }

            long value = Hyperparameter.Place(point[d], count);
            if (dimension.IsOrdered) coordinates.Add(Hyperparameter.PositionOf((int)value, count));
            else for (int v = 0; v < count; v++) coordinates.Add(v == value ? Math.Sqrt(0.5) : 0);
        }

        return [.. coordinates];
    }

    /// <summary>The point that has these coordinates.</summary>
    private double[] Positions(double[] coordinates)
    {
        var point = new double[Space.Dimensions.Length];
        int place = 0;
        for (int d = 0; d < point.Length; d++)
        {
            Hyperparameter dimension = Space.Dimensions[d];
            if (dimension.IsOrdered)
            {
                point[d] = coordinates[place++];
                continue;
            }

            int count = dimension.ValueCount!.Value, value = Array.FindIndex(coordinates, place, count, c => c > 0) - place;
            point[d] = Hyperparameter.PositionOf(value, count);
            place += count;
        }

        return point;
    }
}
