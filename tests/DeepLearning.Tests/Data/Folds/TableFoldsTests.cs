namespace DeepLearning.Tests.Data.Folds;

public sealed class TableFoldsTests
{
    private static readonly int[] Kinds = [.. Enumerable.Range(0, 30).Select(i => i % 3 == 0 ? 1 : 0)];

    private static readonly Table Rows = Table.FromRows(["place", "kind", "patient"],
        [.. Enumerable.Range(0, 30).Select(i => (IReadOnlyList<object?>)[i, Kinds[i] == 1 ? "rare" : "common", $"p{i / 4}"])]);

    [Fact]
    public void They_have_the_rows_of_the_folds_of_a_data_set()
    {
        var data = new Dataset(Tensor.Range(30), Kinds);
        Places(Rows.Folds(4, seed: 3)).Should().Equal(Places(data.Folds(4, seed: 3)));
        Places(Rows.Folds(4, shuffle: false)).Should().Equal(Places(data.Folds(4, shuffle: false)));
        Places(Rows.Folds(4, seed: 3, stratify: "kind")).Should().Equal(Places(data.Folds(4, seed: 3, stratified: true)));
        string[] patients = [.. Enumerable.Range(0, 30).Select(r => Rows["patient"].TextAt(r))];
        Places(Rows.GroupFolds(3, "patient")).Should().Equal(Places(data.GroupFolds(3, patients)));
        Places(Rows.TimeSeriesFolds(3, gap: 2, testRows: 4, mostTrainingRows: 9))
            .Should().Equal(Places(data.TimeSeriesFolds(3, gap: 2, testRows: 4, mostTrainingRows: 9)));
        Rows.Folds(30).Should().HaveCount(30);
    }

    [Fact]
    public void An_encoder_fitted_to_a_fold_does_not_know_the_other_rows()
    {
        TableEncoder encoder = new TableEncoder().With("place", Column.Standard());
        (Table train, _) = Rows.TimeSeriesFolds(2)[0];
        // 0 … 9, of mean 4.5 and population variance 33 / 4.
        encoder.Fit(train).TransformInputs(Rows)[0][20, 0].Should().BeApproximately((float)((20 - 4.5) / Math.Sqrt(33 / 4.0)), 1e-6f);
    }

    [Fact]
    public void What_cannot_be_folded_is_refused_by_name()
    {
        Rows.Invoking(t => t.Folds(31)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Expected 2 to 30 folds, as there are 30 rows, got 31.*");
        Rows.Invoking(t => t.Folds(11, stratify: "kind")).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*class 'rare' has 10 rows for 11 folds*");
        Rows.Invoking(t => t.Folds(2, stratify: "sort")).Should().Throw<ArgumentException>().WithMessage("No column is named 'sort'*");
        Rows.Invoking(t => t.GroupFolds(2, "clinic")).Should().Throw<ArgumentException>().WithMessage("No column is named 'clinic'*");
        Rows.Invoking(t => t.GroupFolds(9, "patient")).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*there are 8 groups, got 9.*");
        Table.FromRows(["g"], [["a"], [null], ["b"]]).Invoking(t => t.GroupFolds(2, "g"))
            .Should().Throw<TableMismatchException>().WithMessage("Column 'g', row 1: the group is missing*");
        IReadOnlyList<(Table Train, Table Test)> two = Rows.Folds(2);
        two.Invoking(f => f[2]).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Expected a fold from 0 to 1, got 2.*");
    }

    private static string[] Places(IReadOnlyList<(Table Train, Table Test)> folds)
        => [.. folds.Select(f => $"{Joined(Numbers(f.Train))} | {Joined(Numbers(f.Test))}")];

    private static string[] Places(IReadOnlyList<(Dataset Train, Dataset Test)> folds)
        => [.. folds.Select(f => $"{Joined(f.Train.Inputs.ToArray())} | {Joined(f.Test.Inputs.ToArray())}")];

    private static IEnumerable<float> Numbers(Table table) => Enumerable.Range(0, table.Count).Select(r => (float)table["place"].NumberAt(r));

    private static string Joined(IEnumerable<float> places) => string.Join(' ', places);
}
