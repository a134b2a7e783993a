namespace DeepLearning.Tests.Data;

public sealed class DatasetSplitTests
{
    [Fact]
    public void Split_shares_every_row_out_once_and_depends_on_the_seed_alone()
    {
        Dataset data = Ordered(100);
        (Dataset train, Dataset test) = data.Split(0.25, seed: 3);
        (train.Count, test.Count).Should().Be((75, 25));
        Places(train).Concat(Places(test)).Order().Should().Equal(Places(data));
        Places(data.Split(0.25, seed: 3).Test).Should().Equal(Places(test));
        Places(data.Split(0.25, seed: 4).Test).Should().NotEqual(Places(test));
    }

    [Fact]
    public void A_stratified_split_keeps_the_share_of_every_class()
    {
        // 60 of class 0, 30 of class 1, 10 of class 2.
        int[] labels = [.. Enumerable.Range(0, 100).Select(i => i < 60 ? 0 : i < 90 ? 1 : 2)];
        var data = new Dataset(Tensor.Range(100), labels);
        (Dataset train, Dataset test) = data.Split(0.2, seed: 1, stratified: true);
        Shares(test.Labels).Should().Equal(12, 6, 2);
        Shares(train.Labels).Should().Equal(48, 24, 8);
        train.Labels.Should().NotBeInAscendingOrder();
        Places(train).Concat(Places(test)).Order().Should().Equal(Places(data));
        Shares(data.WithTargets(OneHot.Encode(labels, 3)).Split(0.2, seed: 1, stratified: true).Test.Inputs.ToArray()
            .Select(place => labels[(int)place])).Should().Equal(12, 6, 2);

        static IEnumerable<int> Shares(IEnumerable<int> labels) => labels.GroupBy(l => l).OrderBy(g => g.Key).Select(g => g.Count());
    }

    [Fact]
    public void A_stratified_split_of_odd_shares_still_takes_the_number_asked_for()
    {
        var data = new Dataset(Tensor.Range(10), [0, 0, 0, 1, 1, 1, 2, 2, 2, 2]);
        (Dataset train, Dataset test) = data.Split(0.5, stratified: true);
        (train.Count, test.Count).Should().Be((5, 5));
        test.Labels.Distinct().Should().HaveCount(3);
        var values = new Dataset(Tensor.Range(2), Tensor.From(0.5f, 1f));
        FluentActions.Invoking(() => values.Split(0.5, stratified: true)).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void SplitLast_takes_the_end_unshuffled_as_Keras_does()
    {
        (Dataset train, Dataset validation) = Ordered(10).SplitLast(0.25);
        Places(train).Should().Equal(0, 1, 2, 3, 4, 5, 6);
        Places(validation).Should().Equal(7, 8, 9);
    }

    [Fact]
    public void Fault21_A_split_that_leaves_no_rows_on_a_side_throws()
    {
        FluentActions.Invoking(() => Ordered(3).Split(0.01)).Should().Throw<ArgumentException>().WithMessage("*3 rows by 0.01*");
        FluentActions.Invoking(() => Ordered(3).SplitLast(0.99)).Should().Throw<ArgumentException>().WithMessage("*3 rows by 0.99*");
        foreach (double fraction in new[] { 0, 1, -0.1, 1.5, double.NaN })
        {
            FluentActions.Invoking(() => Ordered(3).Split(fraction)).Should().Throw<ArgumentOutOfRangeException>();
            FluentActions.Invoking(() => Ordered(3).SplitLast(fraction)).Should().Throw<ArgumentOutOfRangeException>();
        }
    }

    [Fact]
    public void FoundT09_splits_have_the_rows_of_exact_arithmetic()
    {
        for (int n = 1; n <= 1000; n++)
        {
            for (int thousandths = 1; thousandths < 1000; thousandths++)
            {
                double fraction = thousandths / 1000.0;
                int training = n * (1000 - thousandths) / 1000, tests = (2 * n * thousandths + 1000) / 2000;
                if (Dataset.TrainingRows(n, fraction) != training || Dataset.TestRows(n, fraction) != tests)
                    (Dataset.TrainingRows(n, fraction), Dataset.TestRows(n, fraction)).Should().Be((training, tests), "{0} of {1}", fraction, n);
            }
        }
    }

    [Theory]
    [InlineData(10, 0.9, 1)]
    [InlineData(100, 0.9, 10)]
    [InlineData(3, 1.0 / 3, 2)]
    [InlineData(3, 2.0 / 3, 1)]
    [InlineData(7, 5.0 / 7, 2)]
    [InlineData(1_000_000, 0.000001, 999_999)]
    [InlineData(1_000_000, 0.9999985, 1)]
    public void FoundT09_SplitLast_of_known_cases(int rows, double fraction, int training)
        => Ordered(rows).SplitLast(fraction).Train.Count.Should().Be(training);

    [Theory]
    [InlineData(100, 0.145, 15)]
    [InlineData(10, 0.35, 4)]
    [InlineData(30, 0.05, 2)]
    [InlineData(1000, 0.0005, 1)]
    public void FoundT09_Split_rounds_a_half_upward(int rows, double fraction, int tests)
        => Ordered(rows).Split(fraction).Test.Count.Should().Be(tests);

    [Fact]
    public void Line10_a_stratified_split_refuses_rows_that_belong_to_no_single_class()
    {
        Tensor x = Tensor.Range(4);
        Tensor[] targets =
        [
            new float[,] { { 0, 1 }, { 1, 1 }, { 1, 0 }, { 0, 0 } }, new float[,] { { 0, 1 }, { 0, 0 }, { 1, 0 }, { 0, 1 } },
            new float[,] { { 0, 1 }, { -1, 2 }, { 1, 0 }, { 0, 1 } }, new float[,] { { 0, 1 }, { float.NaN, 1 }, { 1, 0 }, { 0, 1 } },
        ];
        foreach (Tensor rows in targets)
        {
            new Dataset(x, rows).Invoking(d => d.Split(0.5, seed: 1, stratified: true)).Should().Throw<InvalidOperationException>()
                .WithMessage("*one-hot row that sums to 1*row 1*without stratified*");
            new Dataset(x, rows).Split(0.5, seed: 1).Train.Count.Should().Be(2);
        }

        new Dataset(x, new float[,] { { 0.9f, 0.1f }, { 0.1f, 0.9f }, { 0.9f, 0.1f }, { 0.1f, 0.9f } })
            .Split(0.5, seed: 1, stratified: true).Test.Targets.ToArray().Order().Should().Equal(0.1f, 0.1f, 0.9f, 0.9f);
    }

    private static Dataset Ordered(int rows) => new(Tensor.Range(rows), Tensor.Zeros([rows]));

    private static float[] Places(Dataset data) => data.Inputs.ToArray();
}
