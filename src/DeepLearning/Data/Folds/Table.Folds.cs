namespace DeepLearning;

/// <content>Folds: pairs of tables to train and to test on, for cross-validation.</content>
public sealed partial class Table
{
    /// <summary>
    /// k-fold cross-validation with the rows of <see cref="Dataset.Folds"/>: every row is tested on exactly once. Fit the encoder to the training side of each
    /// fold: fitted to all rows, it would know the means and the categories of those it is tested on.
    /// </summary>
    /// <example><c>foreach ((Table train, Table test) in flats.Folds(5, seed: 1)) { TableEncoding encoding = encoder.Fit(train); … }</c></example>
    /// <param name="count">k, at least 2 and at most the number of rows; with all of them, each fold leaves one row out.</param>
    /// <param name="seed">Decides which rows are together; the same seed gives the same folds.</param>
    /// <param name="shuffle">Whether rows are dealt out at random, the default; false makes a fold of neighbours.</param>
    /// <param name="stratify">A column of classes, of each of which every fold has its proportion, to within one row; none by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 folds, or more than rows, or, stratified, more than rows of a class.</exception>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public IReadOnlyList<(Table Train, Table Test)> Folds(int count, Seed seed = default, bool shuffle = true, string? stratify = null)
        => Chosen(Numbered(stratify).Folds(count, seed, shuffle, stratified: stratify is not null));

    /// <summary>k folds with the rows of <see cref="Dataset.GroupFolds"/>: all rows of a group, such as those of one patient, are on the same side.</summary>
    /// <param name="count">k, at least 2 and at most the number of groups; with all of them, each fold leaves one group out.</param>
    /// <param name="group">The column that names the group of each row, none of them missing.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 folds, or more than groups.</exception>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="TableMismatchException">A row has no group.</exception>
    public IReadOnlyList<(Table Train, Table Test)> GroupFolds(int count, string group)
    {
        TableColumn column = this[group];
        string[] groups = [.. Enumerable.Range(0, Count).Select(r => !column.IsMissing(r) ? column.TextAt(r)
            : throw new TableMismatchException($"Column '{group}', {At(r)}: the group is missing, so that the row may belong to any.", group, r))];
        return Chosen(Numbered(null).GroupFolds(count, groups));
    }

    /// <summary>Folds of rows in the order of time, those of <see cref="Dataset.TimeSeriesFolds"/>: each tests on the rows that follow those it trains
    /// on.</summary>
    /// <param name="count">k, at least 2.</param>
    /// <param name="gap">Rows between training and testing that neither uses, 0 by default: as many as a target reaches ahead.</param>
    /// <param name="testRows">Rows to test on in each fold, at least 1; null for ⌊n/(k + 1)⌋.</param>
    /// <param name="mostTrainingRows">The most recent rows that are trained on, at least 1; null, the default, for all before the gap.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small, or the first fold would have no rows to train on.</exception>
    public IReadOnlyList<(Table Train, Table Test)> TimeSeriesFolds(int count, int gap = 0, int? testRows = null, int? mostTrainingRows = null)
        => Chosen(Numbered(null).TimeSeriesFolds(count, gap, testRows, mostTrainingRows));

    private FoldList<Table> Chosen(IReadOnlyList<(Dataset Train, Dataset Test)> rows) => new(rows.Count, f => Chosen(rows[f]));
}
