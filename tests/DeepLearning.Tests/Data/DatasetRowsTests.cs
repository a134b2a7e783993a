using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Data;

public sealed class DatasetRowsTests
{
    /// <summary>Row r holds (10·r, 10·r + 1), label r and weight r + 1.</summary>
    private static Dataset Numbered(int rows) => new(
        Tensor.From([.. Enumerable.Range(0, rows).SelectMany(r => new[] { 10f * r, 10f * r + 1f })], [rows, 2]),
        Enumerable.Range(0, rows).ToArray(),
        Tensor.Range(rows, 1f))
    {
        ClassNames = Names(rows),
        FeatureNames = ["a", "b"],
    };

    private static string[] Names(int rows) => [.. Enumerable.Range(0, rows).Select(r => $"class {r}")];

    [Fact]
    public void Take_and_Skip_keep_rows_targets_weights_and_names_together()
    {
        Dataset data = Numbered(6).Skip(2).Take(3);
        data.Labels.Should().Equal(2, 3, 4);
        data.Inputs.ToArray().Should().Equal(20, 21, 30, 31, 40, 41);
        data.SampleWeights!.ToArray().Should().Equal(3, 4, 5);
        data.ClassNames.Should().Equal(Names(6));
        data.FeatureNames.Should().Equal("a", "b");
    }

    [Fact]
    public void Select_gathers_rows_in_the_order_asked_for()
    {
        Dataset data = Numbered(4).Select([3, 0, 3]);
        data.Labels.Should().Equal(3, 0, 3);
        data.Inputs.ToArray().Should().Equal(30, 31, 0, 1, 30, 31);
        data.SampleWeights!.ToArray().Should().Equal(4, 1, 4);
    }

    [Fact]
    public void Line22_Where_keeps_the_rows_for_which_a_condition_holds()
    {
        Dataset odd = Numbered(6).Where((x, y) => y.ToScalar() % 2 == 1);
        odd.Labels.Should().Equal(1, 3, 5);
        odd.Inputs.ToArray().Should().Equal(10, 11, 30, 31, 50, 51);
        odd.SampleWeights!.ToArray().Should().Equal(2, 4, 6);
        odd.FeatureNames.Should().Equal("a", "b");
        Numbered(6).Where((x, _) => x[1] > 25).Labels.Should().Equal(3, 4, 5);
        Numbered(6).Skip(2).Where((x, y) => x.Shape == [2] && y.Rank == 0 && (float)y == 2f).Inputs.ToArray().Should().Equal(20, 21);
        FluentActions.Invoking(() => Numbered(3).Where((_, _) => false)).Should().Throw<ArgumentException>().WithMessage("*the condition holds for none of 3*");
        FluentActions.Invoking(() => Numbered(3).Where(null!)).Should().Throw<ArgumentNullException>().WithParameterName("predicate");
    }

    [Fact]
    public void Rows_that_are_not_there_throw()
    {
        Dataset data = Numbered(3);
        FluentActions.Invoking(() => data.Take(4)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*1 to 3 rows, got 4*");
        FluentActions.Invoking(() => data.Take(0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => data.Skip(3)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*0 to 2 rows, got 3*");
        FluentActions.Invoking(() => data.Select([0, 3])).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*0 to 2, got 3*");
        FluentActions.Invoking(() => data.Select([])).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Shuffle_is_a_permutation_that_depends_on_the_seed_alone()
    {
        Dataset data = Numbered(50);
        int[] first = data.Shuffle(7).Labels, second = data.Shuffle(7).Labels, other = data.Shuffle(8).Labels;
        first.Should().Equal(second).And.NotEqual(other).And.NotBeInAscendingOrder();
        first.Order().Should().Equal(Enumerable.Range(0, 50));
    }

    [Theory]
    [InlineData(10, 4)]
    [InlineData(8, 4)]
    [InlineData(3, 4)]
    [InlineData(5, 1)]
    public void Batches_cover_every_row_exactly_once(int rows, int batchSize)
    {
        Dataset data = Numbered(rows);
        var labels = new List<float>();
        var sizes = new List<int>();
        foreach (Batch batch in data.Batches(batchSize))
        {
            sizes.Add(batch.Count);
            for (int r = 0; r < batch.Count; r++)
            {
                labels.Add(batch.Targets[r]);
                batch.Inputs[r, 1].Should().Be(10f * batch.Targets[r] + 1f);
                batch.SampleWeights![r].Should().Be(batch.Targets[r] + 1f);
            }
        }

        labels.Should().Equal(Enumerable.Range(0, rows).Select(r => (float)r));
        sizes.Should().OnlyContain(s => s <= batchSize).And.HaveCount((rows + batchSize - 1) / batchSize);
    }

    [Fact]
    public void Batches_follow_the_order_given_and_read_it_anew_each_time()
    {
        int[] order = [4, 2, 0];
        IEnumerable<Batch> batches = Numbered(5).Batches(2, order);
        Labels(batches).Should().Equal(4, 2, 0);
        order[0] = 1;
        Labels(batches).Should().Equal(1, 2, 0);
        order[2] = 5;
        FluentActions.Invoking(() => Labels(batches)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*0 to 4, got 5*");

        static List<float> Labels(IEnumerable<Batch> batches) => [.. batches.SelectMany(b => b.Targets.ToArray())];
    }

    [Fact]
    public void Batches_may_be_kept_and_taken_twice_at_once()
    {
        IEnumerable<Batch> batches = Numbered(5).Batches(2);
        List<Batch> kept = batches.ToList(), again = batches.ToList();
        foreach (Batch batch in again) batch.Inputs.AsSpan().Clear();
        kept.SelectMany(b => b.Targets.ToArray()).Should().Equal(0, 1, 2, 3, 4);
        kept.SelectMany(b => b.Inputs.ToArray()).Should().Equal(0, 1, 10, 11, 20, 21, 30, 31, 40, 41);
        kept.SelectMany(b => b.SampleWeights!.ToArray()).Should().Equal(1, 2, 3, 4, 5);
    }

    [Fact]
    public void Batches_of_training_reuse_two_objects_and_allocate_nothing_for_a_batch()
    {
        IEnumerable<Batch> batches = Numbered(1001).RecycledEpoch(new EpochPosition { BatchSize = 10 }, new BatchBuffers());
        batches.ToHashSet().Should().HaveCount(2);
        int count = 0;
        Allocations.Least(() =>
        {
            using IEnumerator<Batch> rows = batches.GetEnumerator();
            rows.MoveNext();
            count = 1;
            return Allocations.Of(() =>
            {
                while (rows.MoveNext()) count++;
            });
        }).Should().Be(0);
        count.Should().Be(101);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Fault16_A_batch_size_that_is_not_positive_throws_at_once(int batchSize)
        => FluentActions.Invoking(() => Numbered(3).Batches(batchSize))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage($"*batch size of {batchSize}*");
}
