using System.Runtime.CompilerServices;

namespace DeepLearning;

/// <summary>
/// Draws each trial independently. Better than a grid where only some hyperparameters matter: every trial tries another value of each (Bergstra and Bengio
/// 2012). Of a space whose points can be counted, none is drawn twice.
/// </summary>
public sealed class RandomSearch : HyperparameterSearch
{
    internal const uint Stream = 0x5EA2_0001;

    private readonly int trials;

    /// <summary>A random search.</summary>
    /// <param name="hyperparameters">What to vary.</param>
    /// <param name="trials">How many trials.</param>
    /// <exception cref="ArgumentException">There is no hyperparameter, two have one name, or there are fewer points than trials.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 trial.</exception>
    public RandomSearch(IReadOnlyList<Hyperparameter> hyperparameters, int trials) : base(hyperparameters)
    {
        this.trials = RequireTrials(trials);
        RequirePoints(Space, trials);
    }

    internal override string DescribeSettings() => FormattableString.Invariant($"{trials} trials");

    internal override IReadOnlyList<TrialPlan> Next(IReadOnlyList<TrialResult> results) => results.Count > 0 ? [] : Draw(Space, Seed, trials);

    /// <summary>Different random points, numbered from 0.</summary>
    internal static TrialPlan[] Draw(SearchSpace space, Seed seed, int count)
    {
        var taken = new HashSet<string>();
        ulong draw = 0;
        var plans = new TrialPlan[count];
        for (int i = 0; i < count; i++) plans[i] = new TrialPlan(i, space.DrawNew(seed, Stream, ref draw, taken));
        return plans;
    }

    internal static void RequirePoints(SearchSpace space, int trials, [CallerArgumentExpression(nameof(trials))] string? name = null)
    {
        if (space.PointCount is { } points && points < trials)
        {
            throw new ArgumentException(
                $"The hyperparameters have {points} combinations, fewer than {trials} {name}: {nameof(GridSearch)} tries them all.", name);
        }
    }
}
