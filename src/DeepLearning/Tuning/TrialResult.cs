namespace DeepLearning;

/// <summary>A trial that has ended.</summary>
public sealed class TrialResult
{
    private readonly SearchSpace space;

    internal TrialResult(SearchSpace space, int number, double[] point, int? epochs, double objective, double seconds)
    {
        (this.space, Point) = (space, point);
        (Number, Epochs, Objective, Seconds) = (number, epochs, objective, seconds);
    }

    /// <summary>The number of the configuration, from 0.</summary>
    public int Number { get; }

    /// <summary>The epochs it was given by <see cref="SuccessiveHalving"/>; null in other searches.</summary>
    public int? Epochs { get; }

    /// <summary>What the objective returned; NaN for a training that diverged.</summary>
    public double Objective { get; }

    /// <summary>How long it took, in seconds.</summary>
    public double Seconds { get; }

    /// <summary>Whether the training diverged, or the objective was NaN or infinite. Such a trial is never the best.</summary>
    public bool Failed => !double.IsFinite(Objective);

    internal double[] Point { get; }

    /// <summary>The value of a hyperparameter.</summary>
    /// <typeparam name="T">The type of its values.</typeparam>
    /// <param name="hyperparameter">One that was given to the search.</param>
    /// <exception cref="ArgumentException">The search does not vary it.</exception>
    public T Get<T>(Hyperparameter<T> hyperparameter) where T : notnull => hyperparameter.At(Point[space.IndexOf(hyperparameter)]);

    /// <summary>The position of a hyperparameter's value between its smallest, 0, and its largest, 1: for drawings.</summary>
    /// <param name="hyperparameter">One that was given to the search.</param>
    /// <exception cref="ArgumentException">The search does not vary it.</exception>
    public double PositionOf(Hyperparameter hyperparameter) => Point[space.IndexOf(hyperparameter)];

    /// <summary>The values and the objective: <c>trial 3: rate 0.01, units 64 → 0.123</c>.</summary>
    public override string ToString()
        => FormattableString.Invariant(
            $"trial {Number}: {string.Join(", ", space.Dimensions.Select((d, i) => $"{d.Name} {SearchText.Short(d.TextAt(Point[i]))}"))} → {Objective:G6}");
}
