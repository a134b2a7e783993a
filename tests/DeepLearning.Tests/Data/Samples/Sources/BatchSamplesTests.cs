namespace DeepLearning.Tests.Data.Samples.Sources;

public sealed class BatchSamplesTests
{
    private static readonly EpochPosition Training = new() { Shuffle = true, Random = new RandomStream(7, 1, 3), Epoch = 3 };

    private static SampleSource ByIndex => SampleSource.ByIndex(50, i => new Sample(Tensor.From((float)i), 0));

    [Fact]
    public void Rows_of_a_source_that_shuffles_keep_their_places_so_that_a_split_does_not_leak()
    {
        foreach (BatchSource other in new[] { new ShufflingBatches(), new ShufflingBatches().Prefetch() })
        {
            SampleSource source = SampleSource.Of(other), kept = source.Cache();
            float[] train = Numbers(source.Take(80).Epoch(Training)), test = Numbers(source.Skip(80).Epoch(Training));
            train.Should().Equal(Enumerable.Range(0, 80).Select(i => (float)i));
            test.Should().Equal(Enumerable.Range(80, 20).Select(i => (float)i));
            Numbers(kept.Epoch(Training)).Should().Equal(Numbers(source.Epoch(Training)));
            Numbers(source.Shuffle(100).Epoch(Training)).Should().NotBeInAscendingOrder();
        }
    }

    [Fact]
    public void Batches_of_a_shuffled_source_stay_shuffled_and_are_not_split_or_kept()
    {
        foreach (BatchSource batches in new[] { ByIndex.Shuffle().Batch(8), ByIndex.Shuffle().Prefetch() })
        {
            SampleSource source = SampleSource.Of(batches);
            Numbers(source.Epoch(Training)).Should().NotBeInAscendingOrder().And.HaveCount(50);
            source.Invoking(s => s.Skip(9)).Should().Throw<InvalidOperationException>();
            source.Invoking(s => s.Take(9)).Should().Throw<InvalidOperationException>();
            source.Invoking(s => s.Cache()).Should().Throw<InvalidOperationException>();
        }

        SampleSource.Of(ByIndex.Map((sample, _) => sample).Batch(8)).Invoking(s => s.Cache()).Should().Throw<InvalidOperationException>()
            .WithMessage("*random changes*");
    }

    /// <summary>The rows 0 … 99 in batches of 10, in another order in each training epoch.</summary>
    private sealed class ShufflingBatches : BatchSource
    {
        public override IEnumerable<Batch> Epoch(EpochPosition position)
        {
            var order = new int[100];
            position.Random.FillPermutation(order);
            if (!position.Shuffle) Array.Sort(order);
            foreach (int[] rows in order.Chunk(10).Skip(position.Batches))
            {
                Tensor numbers = Tensor.From([.. rows.Select(r => (float)r)], [10, 1]);
                yield return new Batch(numbers, numbers);
            }
        }
    }

    private static float[] Numbers(IEnumerable<Batch> batches) => [.. batches.SelectMany(b => b.Inputs.ToArray())];
}
