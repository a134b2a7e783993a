namespace DeepLearning;

/// <content>Folds: pairs of data sets to train and to test on, for cross-validation.</content>
public sealed partial class Dataset
{
    /// <summary>
    /// k-fold cross-validation: every row is tested on exactly once, and trained on in the other folds. Of n rows the first n mod k folds test on
    /// ⌊n/k⌋ + 1, the others on ⌊n/k⌋, as in scikit-learn's <c>KFold</c> and <c>StratifiedKFold</c>. A fold is copied when it is read; its rows keep their
    /// order.
    /// </summary>
    /// <example><c>foreach ((Dataset train, Dataset test) in data.Folds(5, seed: 1)) …</c></example>
    /// <param name="count">k, at least 2 and at most the number of rows; with all of them, each fold leaves one row out.</param>
    /// <param name="seed">Decides which rows are together; the same seed gives the same folds.</param>
    /// <param name="shuffle">
    /// Whether rows are dealt out at random; true by default, unlike scikit-learn, since neighbours in a file are often alike. False makes a fold of
    /// neighbours.
    /// </param>
    /// <param name="stratified">Whether every fold has each class in proportion, to within one row; for labels, or one-hot rows that sum to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 folds, or more than rows, or, stratified, more than rows of a class.</exception>
    /// <exception cref="InvalidOperationException">Stratified, but the targets are not classes.</exception>
    public IReadOnlyList<(Dataset Train, Dataset Test)> Folds(int count, Seed seed = default, bool shuffle = true, bool stratified = false)
    {
        RequireFolds(count, Count, "rows");
        int[] order = shuffle ? Permutation(seed) : [.. Enumerable.Range(0, Count)];
        return FoldsOf(stratified ? StratifiedFolds(order, count) : EvenFolds(order, count), count);
    }

    /// <summary>
    /// k folds in which all rows of a group, such as those of one patient, are on the same side: a model is tested on groups it has not seen. The largest group
    /// goes first, each to the fold with the fewest rows so far, as in scikit-learn's <c>GroupKFold</c>.
    /// </summary>
    /// <typeparam name="T">The kind of a group's name: a number or a text.</typeparam>
    /// <param name="count">k, at least 2 and at most the number of groups; with all of them, each fold leaves one group out.</param>
    /// <param name="groups">The group of each row.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 folds, or more than groups.</exception>
    /// <exception cref="ArgumentException">The number of groups is not the number of rows.</exception>
    public IReadOnlyList<(Dataset Train, Dataset Test)> GroupFolds<T>(int count, IReadOnlyList<T> groups) where T : notnull
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count != Count)
            throw new ArgumentException($"Expected the group of each of {Count} rows, got {groups.Count} groups.", nameof(groups));
        var places = new Dictionary<T, int>();
        var groupOfRow = new int[Count];
        for (int r = 0; r < Count; r++)
        {
            if (!places.TryGetValue(groups[r], out int place)) places.Add(groups[r], place = places.Count);
            groupOfRow[r] = place;
        }

        RequireFolds(count, places.Count, "groups");
        int[] foldOfGroup = BalancedFolds(groupOfRow, places.Count, count);
        return FoldsOf(Array.ConvertAll(groupOfRow, g => foldOfGroup[g]), count);
    }

    /// <summary>
    /// Folds of rows in the order of time: each tests on the rows that follow those it trains on, and trains on more than the one before. The last k·m rows are
    /// tested on, m = ⌊n/(k + 1)⌋ at a time, as in scikit-learn's <c>TimeSeriesSplit</c>.
    /// </summary>
    /// <param name="count">k, at least 2.</param>
    /// <param name="gap">Rows between training and testing that neither uses, 0 by default: as many as a target reaches ahead.</param>
    /// <param name="testRows">m, at least 1; null for ⌊n/(k + 1)⌋.</param>
    /// <param name="mostTrainingRows">The most recent rows that are trained on, at least 1; null, the default, for all before the gap.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small, or the first fold would have no rows to train on.</exception>
    public IReadOnlyList<(Dataset Train, Dataset Test)> TimeSeriesFolds(int count, int gap = 0, int? testRows = null, int? mostTrainingRows = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(gap);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostTrainingRows ?? 1, 1, nameof(mostTrainingRows));
        int tests = testRows ?? Count / (count + 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(testRows ?? 1, 1, nameof(testRows));
        long left = Count - (long)count * tests - gap;
        if (tests < 1 || left < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count,
                $"Expected at least 1 row to train on before the first of {count} folds that test on {Math.Max(tests, 1)} rows each after a gap of {gap}, "
                + $"but the data set has {Count} rows.");
        }

        var rows = new (int[] Train, int[] Test)[count];
        for (int f = 0; f < count; f++)
        {
            int test = Count - (count - f) * tests, end = test - gap, start = Math.Max(0, end - (mostTrainingRows ?? end));
            rows[f] = ([.. Enumerable.Range(start, end - start)], [.. Enumerable.Range(test, tests)]);
        }

        return new FoldList<Dataset>(count, f => (Select(rows[f].Train), Select(rows[f].Test)));
    }

    /// <summary>Folds that test on the rows with their number, and train on all others, both in ascending order.</summary>
    private FoldList<Dataset> FoldsOf(int[] foldOfRow, int folds)
    {
        return new(folds, f => (Chosen(fold => fold != f), Chosen(fold => fold == f)));

        Dataset Chosen(Predicate<int> isChosen) => Select([.. Enumerable.Range(0, Count).Where(r => isChosen(foldOfRow[r]))]);
    }

    private static void RequireFolds(int count, int most, string of)
    {
        if (count >= 2 && count <= most) return;
        throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected 2 to {most} folds, as there are {most} {of}, got {count}.");
    }

    /// <summary>The fold of each row: runs of the order, whose lengths differ by at most 1.</summary>
    private static int[] EvenFolds(int[] order, int folds)
    {
        var foldOfRow = new int[order.Length];
        int size = order.Length / folds, longer = order.Length % folds, next = 0;
        for (int f = 0; f < folds; f++)
            for (int i = 0; i < size + (f < longer ? 1 : 0); i++) foldOfRow[order[next++]] = f;
        return foldOfRow;
    }

    /// <summary>The fold of each row: with the rows sorted by class, every k-th belongs to the same fold, which decides how many of a class each fold
    /// has.</summary>
    private int[] StratifiedFolds(int[] order, int count)
    {
        int[] classes = Classes();
        var foldOfRow = new int[order.Length];
        int before = 0;
        // Classes in the order of their first appearance, as scikit-learn numbers them: it decides which folds have the larger share.
        foreach (IGrouping<int, int> rows in Enumerable.Range(0, Count).GroupBy(r => classes[r]))
        {
            int inClass = rows.Count();
            if (inClass < count)
            {
                throw new ArgumentOutOfRangeException(nameof(count), count,
                    $"Expected at most as many folds as rows of each class, but class {Named(rows.Key)} has {inClass} rows for {count} folds.");
            }

            var quota = new int[count];
            for (int i = 0; i < inClass; i++) quota[(before + i) % count]++;
            before += inClass;
            int fold = 0;
            foreach (int row in order)
            {
                if (classes[row] != rows.Key) continue;
                while (quota[fold] == 0) fold++;
                quota[fold]--;
                foldOfRow[row] = fold;
            }
        }

        return foldOfRow;
    }

    /// <summary>The fold of each group: the largest first, among equals the one that appears last.</summary>
    private static int[] BalancedFolds(int[] groupOfRow, int groups, int folds)
    {
        var sizes = new int[groups];
        foreach (int g in groupOfRow) sizes[g]++;
        var foldOfGroup = new int[groups];
        var rows = new int[folds];
        foreach (int g in Enumerable.Range(0, groups).Reverse().OrderByDescending(g => sizes[g]))
        {
            int lightest = Array.IndexOf(rows, rows.Min());
            rows[lightest] += sizes[g];
            foldOfGroup[g] = lightest;
        }

        return foldOfGroup;
    }

    private string Named(int label) => label >= 0 && label < ClassNames.Count ? $"'{ClassNames[label]}'" : FormattableString.Invariant($"{label}");
}
