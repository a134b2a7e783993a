namespace DeepLearning.Tests.Data.Folds;

public sealed class DatasetFoldsTests
{
    [Theory]
    [InlineData(10, 3, new[] { 4, 3, 3 })]
    [InlineData(10, 4, new[] { 3, 3, 2, 2 })]
    [InlineData(7, 7, new[] { 1, 1, 1, 1, 1, 1, 1 })]
    [InlineData(12, 2, new[] { 6, 6 })]
    public void Folds_test_every_row_once_in_sizes_that_differ_by_one(int rows, int count, int[] sizes)
    {
        IReadOnlyList<(Dataset Train, Dataset Test)> folds = Ordered(rows).Folds(count, seed: 4);

        folds.Should().HaveCount(count);
        folds.Select(f => f.Test.Count).Should().Equal(sizes);
        folds.SelectMany(f => Places(f.Test)).Order().Should().Equal(Enumerable.Range(0, rows));
        foreach ((Dataset train, Dataset test) in folds)
        {
            Places(train).Concat(Places(test)).Order().Should().Equal(Enumerable.Range(0, rows));
            Places(train).Should().BeInAscendingOrder();
        }
    }

    [Fact]
    public void Unshuffled_folds_are_those_of_scikit_learn_s_manual()
    {
        // https://scikit-learn.org/stable/modules/generated/sklearn.model_selection.KFold.html and StratifiedKFold.html, the examples.
        Tests(Ordered(4).Folds(2, shuffle: false)).Should().Equal("0 1", "2 3");
        Tests(new Dataset(Tensor.Range(4), [0, 0, 1, 1]).Folds(2, shuffle: false, stratified: true)).Should().Equal("0 2", "1 3");
    }

    [Fact]
    public void Folds_depend_on_the_seed_alone()
    {
        Dataset data = Ordered(50);
        Tests(data.Folds(5, seed: 1)).Should().Equal(Tests(data.Folds(5, seed: 1))).And.NotEqual(Tests(data.Folds(5, seed: 2)));
        Places(data.Folds(5)[0].Test).Should().NotEqual(Enumerable.Range(0, 10), "rows are dealt out at random unless asked otherwise");
    }

    [Fact]
    public void Stratified_folds_have_each_class_in_proportion_to_within_a_row()
    {
        // 53, 31 and 7 rows of three classes that lie one behind the other, in 5 folds.
        int[] labels = [.. Enumerable.Repeat(2, 53), .. Enumerable.Repeat(0, 31), .. Enumerable.Repeat(1, 7)];
        var data = new Dataset(Tensor.Range(91), labels);
        foreach (Dataset sort in new[] { data, data.WithTargets(OneHot.Encode(labels, 3)) })
        {
            IReadOnlyList<(Dataset Train, Dataset Test)> folds = sort.Folds(5, seed: 3, stratified: true);
            folds.Select(f => f.Test.Count).Should().Equal(19, 18, 18, 18, 18);
            folds.SelectMany(f => Places(f.Test)).Order().Should().Equal(Enumerable.Range(0, 91));
            foreach ((_, Dataset test) in folds)
            {
                int[] counts = [.. Enumerable.Range(0, 3).Select(c => Places(test).Count(r => labels[r] == c))];
                counts[2].Should().BeInRange(10, 11);
                counts[0].Should().BeInRange(6, 7);
                counts[1].Should().BeInRange(1, 2);
            }

            Tests(folds).Should().Equal(Tests(sort.Folds(5, seed: 3, stratified: true))).And.NotEqual(Tests(sort.Folds(5, seed: 4, stratified: true)));
        }
    }

    [Fact]
    public void Too_many_folds_are_refused_by_name()
    {
        Dataset data = new(Tensor.Range(6), [0, 0, 0, 0, 1, 1]) { ClassNames = ["common", "rare"] };
        data.Invoking(d => d.Folds(7)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Expected 2 to 6 folds, as there are 6 rows, got 7.*");
        data.Invoking(d => d.Folds(1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Expected 2 to 6 folds*got 1.*");
        data.Invoking(d => d.Folds(3, stratified: true)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("count")
            .WithMessage("*class 'rare' has 2 rows for 3 folds.*");
        data.WithTargets(Tensor.Range(6, 0.5f)).Invoking(d => d.Folds(2, stratified: true)).Should().Throw<InvalidOperationException>();
        data.Invoking(d => d.GroupFolds(3, ["a", "a", "b", "b", "b", "b"])).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("*there are 2 groups, got 3.*");
        data.Invoking(d => d.GroupFolds(2, [1, 2])).Should().Throw<ArgumentException>().WithMessage("Expected the group of each of 6 rows, got 2 groups.*");
        data.Invoking(d => d.GroupFolds<int>(2, null!)).Should().Throw<ArgumentNullException>().WithParameterName("groups");
    }

    [Fact]
    public void Folds_of_groups_keep_each_together_and_are_those_of_scikit_learn_s_manual()
    {
        // https://scikit-learn.org/stable/modules/generated/sklearn.model_selection.GroupKFold.html, the example.
        Tests(Ordered(6).GroupFolds(2, [0, 0, 2, 2, 3, 3])).Should().Equal("0 1 4 5", "2 3");
        // The largest first, each to the fold with the fewest rows: b (4), c (3), a (2) joins c, d (1) joins b.
        string[] groups = ["a", "b", "b", "c", "a", "b", "c", "d", "b", "c"];
        Tests(Ordered(10).GroupFolds(2, groups)).Should().Equal("1 2 5 7 8", "0 3 4 6 9");
        Tests(Ordered(10).GroupFolds(4, groups)).Should().HaveCount(4);
    }

    [Fact]
    public void Folds_in_time_train_on_the_past_as_in_scikit_learn_s_manual()
    {
        // https://scikit-learn.org/stable/modules/generated/sklearn.model_selection.TimeSeriesSplit.html, the examples.
        IReadOnlyList<(Dataset Train, Dataset Test)> five = Ordered(6).TimeSeriesFolds(5);
        Tests(five).Should().Equal("1", "2", "3", "4", "5");
        Trains(five).Should().Equal("0", "0 1", "0 1 2", "0 1 2 3", "0 1 2 3 4");
        IReadOnlyList<(Dataset Train, Dataset Test)> gap = Ordered(12).TimeSeriesFolds(3, gap: 2, testRows: 2);
        Tests(gap).Should().Equal("6 7", "8 9", "10 11");
        Trains(gap).Should().Equal("0 1 2 3", "0 1 2 3 4 5", "0 1 2 3 4 5 6 7");
        Trains(Ordered(12).TimeSeriesFolds(3, gap: 1, testRows: 2, mostTrainingRows: 3)).Should().Equal("2 3 4", "4 5 6", "6 7 8");
        Tests(Ordered(11).TimeSeriesFolds(3)).Should().Equal("5 6", "7 8", "9 10");
    }

    [Fact]
    public void Folds_in_time_need_rows_to_train_on()
    {
        Ordered(6).Invoking(d => d.TimeSeriesFolds(6)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*6 folds*has 6 rows.*");
        Ordered(6).Invoking(d => d.TimeSeriesFolds(2, gap: 2)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*gap of 2*");
        Ordered(6).Invoking(d => d.TimeSeriesFolds(2, testRows: 3)).Should().Throw<ArgumentOutOfRangeException>();
        Ordered(6).Invoking(d => d.TimeSeriesFolds(2, testRows: int.MaxValue)).Should().Throw<ArgumentOutOfRangeException>();
        Ordered(6).Invoking(d => d.TimeSeriesFolds(1)).Should().Throw<ArgumentOutOfRangeException>();
        Ordered(6).Invoking(d => d.TimeSeriesFolds(2, gap: -1)).Should().Throw<ArgumentOutOfRangeException>();
        Ordered(6).Invoking(d => d.TimeSeriesFolds(2, mostTrainingRows: 0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_fold_keeps_names_weights_and_several_inputs()
    {
        var data = new Dataset([Tensor.Range(4), Tensor.Range(4, 10)], Tensor.From(0f, 1f, 0f, 1f), Tensor.From(1f, 2f, 3f, 4f)) { ClassNames = ["no", "yes"] };
        Dataset test = data.Folds(2, shuffle: false)[1].Test;
        test.ClassNames.Should().Equal("no", "yes");
        test.InputTensors[1].ToArray().Should().Equal(12, 13);
        test.SampleWeights!.ToArray().Should().Equal(3, 4);
    }

    private static Dataset Ordered(int rows) => new(Tensor.Range(rows), Tensor.Range(rows));

    private static int[] Places(Dataset data) => [.. data.Inputs.ToArray().Select(p => (int)p)];

    private static string[] Tests(IReadOnlyList<(Dataset Train, Dataset Test)> folds) => [.. folds.Select(f => string.Join(' ', Places(f.Test)))];

    private static string[] Trains(IReadOnlyList<(Dataset Train, Dataset Test)> folds) => [.. folds.Select(f => string.Join(' ', Places(f.Train)))];
}
