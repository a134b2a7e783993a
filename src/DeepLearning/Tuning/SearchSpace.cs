namespace DeepLearning;

/// <summary>The hyperparameters of a search. A point of the space has a position in [0, 1] for each.</summary>
internal sealed class SearchSpace
{
    public SearchSpace(IReadOnlyList<Hyperparameter> hyperparameters)
    {
        ArgumentNullException.ThrowIfNull(hyperparameters);
        Dimensions = [.. hyperparameters];
        if (Dimensions.Length == 0) throw new ArgumentException("A search needs at least one hyperparameter, got none.", nameof(hyperparameters));
        foreach (Hyperparameter dimension in Dimensions)
            ArgumentNullException.ThrowIfNull(dimension, nameof(hyperparameters));
        if (Dimensions.GroupBy(d => d.Name).FirstOrDefault(g => g.Count() > 1) is { Key: var twice })
            throw new ArgumentException($"Two hyperparameters have the name {twice}.", nameof(hyperparameters));
    }

    public Hyperparameter[] Dimensions { get; }

    /// <summary>The number of points, if they can be counted and a long holds it; null otherwise.</summary>
    public long? PointCount
    {
        get
        {
            long count = 1;
            foreach (Hyperparameter dimension in Dimensions)
            {
                if (dimension.ValueCount is not { } values || count > long.MaxValue / values) return null;
                count *= values;
            }

            return count;
        }
    }

    public int IndexOf(Hyperparameter hyperparameter)
    {
        ArgumentNullException.ThrowIfNull(hyperparameter);
        int index = Array.IndexOf(Dimensions, hyperparameter);
        return index >= 0
            ? index
            : throw new ArgumentException(
                $"The search has no hyperparameter {hyperparameter.Name}, only {string.Join(", ", Dimensions.Select(d => d.Name))}. "
                + "Use the object that was given to the search.", nameof(hyperparameter));
    }

    /// <summary>A random point, the same for the same stream and number.</summary>
    public double[] Draw(Seed seed, uint stream, ulong number)
    {
        var values = new float[Dimensions.Length];
        new RandomStream(seed, stream, number).FillUniform(values);
        return Array.ConvertAll(values, v => (double)v);
    }

    /// <summary>The point's values as text, which tell points apart.</summary>
    public string[] Texts(double[] point) => [.. Dimensions.Select((d, i) => d.TextAt(point[i]))];

    /// <summary>Draws a point that is none of the taken ones; in a space of intervals the first draw is.</summary>
    public double[] DrawNew(Seed seed, uint stream, ref ulong number, HashSet<string> taken)
    {
        // The searches ask for no more points than there are, so one is found; the bound only keeps a fault from looping.
        for (int attempt = 0; attempt < 1_000_000; attempt++)
        {
            double[] point = Draw(seed, stream, number++);
            if (taken.Add(KeyOf(point))) return point;
        }

        throw new InvalidOperationException("Every point of the space was tried.");
    }

    public string KeyOf(double[] point) => string.Join('\u001f', Texts(point));

    /// <summary>One sentence for each hyperparameter.</summary>
    public IEnumerable<string> Describe() => Dimensions.Select(d => d.ToString());
}
