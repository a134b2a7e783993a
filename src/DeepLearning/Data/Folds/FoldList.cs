using System.Collections;

namespace DeepLearning;

/// <summary>Folds of a data set as row numbers; the rows are copied when a fold is read, so that only the current ones are in memory twice.</summary>
/// <param name="data">The data set.</param>
/// <param name="rows">The rows of each fold: to train on, and to test on.</param>
internal sealed class FoldList(Dataset data, (int[] Train, int[] Test)[] rows) : IReadOnlyList<(Dataset Train, Dataset Test)>
{
    public int Count => rows.Length;

    public (Dataset Train, Dataset Test) this[int index] => (data.Select(rows[index].Train), data.Select(rows[index].Test));

    /// <summary>Folds that test on the rows with their number, and train on all others, both in ascending order.</summary>
    public static FoldList Of(Dataset data, int[] foldOfRow, int folds)
    {
        var tests = new List<int>[folds];
        for (int f = 0; f < folds; f++) tests[f] = [];
        for (int r = 0; r < foldOfRow.Length; r++) tests[foldOfRow[r]].Add(r);
        return new FoldList(data, [.. tests.Select((test, f) => (Others(foldOfRow, f, test.Count), test.ToArray()))]);
    }

    public IEnumerator<(Dataset Train, Dataset Test)> GetEnumerator()
    {
        for (int f = 0; f < Count; f++) yield return this[f];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static int[] Others(int[] foldOfRow, int fold, int tests)
    {
        var train = new int[foldOfRow.Length - tests];
        int next = 0;
        for (int r = 0; r < foldOfRow.Length; r++)
            if (foldOfRow[r] != fold) train[next++] = r;
        return train;
    }
}
