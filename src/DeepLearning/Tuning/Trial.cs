namespace DeepLearning;

/// <summary>One attempt of a search: the values to build and train a model with.</summary>
public sealed class Trial
{
    private readonly SearchSpace space;
    private readonly double[] point;
    private readonly int? epochs;

    internal Trial(SearchSpace space, int number, double[] point, int? epochs, Seed seed, string? folder, CancellationToken cancellation)
    {
        (this.space, this.point, this.epochs) = (space, point, epochs);
        (Number, Seed, Folder, Cancellation) = (number, seed, folder, cancellation);
    }

    /// <summary>The number of the configuration, from 0. <see cref="SuccessiveHalving"/> trains a promising one again for more epochs.</summary>
    public int Number { get; }

    /// <summary>
    /// A seed that is different for each configuration, for <c>Build(trial.Seed)</c>. Use a fixed one to compare configurations from equal starts.
    /// </summary>
    public Seed Seed { get; }

    /// <summary>
    /// A folder of this configuration within the search's folder, for checkpoints: <c>new CheckpointOptions(trial.Folder)</c> lets a later, longer attempt of
    /// <see cref="SuccessiveHalving"/> continue where the shorter one stopped. Null if the search has no folder.
    /// </summary>
    public string? Folder { get; }

    /// <summary>Cancelled with the search, for <c>FitAsync</c>.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>The epochs to train for in this attempt, counted from the beginning.</summary>
    /// <exception cref="InvalidOperationException">The search is not <see cref="SuccessiveHalving"/>: how long to train is yours to choose.</exception>
    public int Epochs
        => epochs ?? throw new InvalidOperationException($"Only {nameof(SuccessiveHalving)} sets the epochs of a trial; in other searches choose them yourself.");

    /// <summary>The value of a hyperparameter.</summary>
    /// <typeparam name="T">The type of its values.</typeparam>
    /// <param name="hyperparameter">One that was given to the search.</param>
    /// <exception cref="ArgumentException">The search does not vary it.</exception>
    public T Get<T>(Hyperparameter<T> hyperparameter) where T : notnull => hyperparameter.At(point[space.IndexOf(hyperparameter)]);

    /// <summary>The values: <c>trial 3: rate 0.01, units 64</c>.</summary>
    public override string ToString()
        => $"trial {Number}: {string.Join(", ", space.Dimensions.Select((d, i) => $"{d.Name} {SearchText.Short(d.TextAt(point[i]))}"))}";
}
