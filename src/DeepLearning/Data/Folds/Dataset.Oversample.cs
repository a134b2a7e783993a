namespace DeepLearning;

/// <content>Balanced classes.</content>
public sealed partial class Dataset
{
    /// <summary>
    /// A copy in which every class has as many rows as the largest: all rows in their order, and behind them further copies of those of rarer classes. Each
    /// row of a class is repeated equally often, and the rest is drawn without replacement. Split first: a row that is on both sides of a split is no test.
    /// </summary>
    /// <param name="seed">Decides which rows are repeated once more; the same seed gives the same ones.</param>
    /// <exception cref="InvalidOperationException">The targets are not classes: neither labels nor one-hot rows that sum to 1.</exception>
    public Dataset Oversample(Seed seed = default)
    {
        int[] classes = Classes("Oversampling");
        int[] order = Permutation(seed);
        ILookup<int, int> rowsOf = order.ToLookup(r => classes[r]);
        int largest = rowsOf.Max(rows => rows.Count());
        var chosen = new List<int>(Enumerable.Range(0, Count));
        foreach (IGrouping<int, int> rows in rowsOf.OrderBy(g => g.Key))
        {
            int[] inClass = [.. rows];
            for (int extra = 0; extra < largest - inClass.Length; extra++) chosen.Add(inClass[extra % inClass.Length]);
        }

        return Select(chosen.ToArray());
    }
}
