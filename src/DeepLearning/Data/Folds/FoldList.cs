using System.Collections;

namespace DeepLearning;

/// <summary>Folds of rows that are copied when a fold is read, so that only the current ones are in memory twice.</summary>
/// <typeparam name="T">What has the rows: a data set or a table.</typeparam>
/// <param name="count">How many.</param>
/// <param name="fold">The rows of a fold: to train on, and to test on.</param>
internal sealed class FoldList<T>(int count, Func<int, (T Train, T Test)> fold) : IReadOnlyList<(T Train, T Test)>
{
    public int Count => count;

    public (T Train, T Test) this[int index]
        => (uint)index < (uint)count ? fold(index)
            : throw new ArgumentOutOfRangeException(nameof(index), index, $"Expected a fold from 0 to {count - 1}, got {index}.");

    public IEnumerator<(T Train, T Test)> GetEnumerator()
    {
        for (int f = 0; f < Count; f++) yield return fold(f);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
