namespace DeepLearning.Tests.Data;

public sealed class BatchSourceTests
{
    private static readonly Dataset Data = new(Tensor.Range(10).Reshape(10, 1), Tensor.Range(10, 100f));

    private static float[] RowsOf(IEnumerable<Batch> batches) => [.. batches.SelectMany(b => b.Inputs.ToArray())];

    [Fact]
    public void A_data_set_gives_its_rows_in_order_from_any_position()
    {
        var position = new EpochPosition { BatchSize = 4 };
        Data.BatchesPerEpoch(4).Should().Be(3);
        Data.BatchesPerEpoch(5).Should().Be(2);
        Data.BatchesPerEpoch(100).Should().Be(1);
        Data.Invoking(d => d.BatchesPerEpoch(0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("batchSize");
        Data.Epoch(position).Select(b => b.Count).Should().Equal(4, 4, 2);
        RowsOf(Data.Epoch(position)).Should().Equal(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        RowsOf(Data.Epoch(position with { Batches = 1, Samples = 4 })).Should().Equal(4, 5, 6, 7, 8, 9);
        RowsOf(Data.Epoch(position with { Batches = 2, Samples = 8 })).Should().Equal(8, 9);
        Data.Epoch(position with { Batches = 3, Samples = 10 }).Should().BeEmpty();
        Data.Epoch(position with { Batches = int.MaxValue }).Should().BeEmpty();
        Data.Invoking(d => d.Epoch(null!)).Should().Throw<ArgumentNullException>().WithParameterName("position");
    }

    [Fact]
    public void A_shuffled_order_is_of_the_position_s_random_numbers_and_goes_on_in_its_middle()
    {
        var position = new EpochPosition { BatchSize = 3, Shuffle = true, Random = new RandomStream(5, 1, 2) };
        var order = new int[10];
        position.Random.FillPermutation(order);
        RowsOf(Data.Epoch(position)).Should().Equal(order.Select(r => (float)r));
        RowsOf(Data.Epoch(position with { Batches = 2 })).Should().Equal(order.Skip(6).Select(r => (float)r));
        var buffers = new BatchBuffers();
        RowsOf(Data.RecycledEpoch(position, buffers)).Should().Equal(order.Select(r => (float)r));
        RowsOf(Data.RecycledEpoch(position with { Shuffle = false }, buffers)).Should().BeInAscendingOrder("the order of an epoch before is not left behind");
    }

    [Fact]
    public void Batches_of_an_epoch_may_be_kept()
        => RowsOf([.. Data.Epoch(new EpochPosition { BatchSize = 4 })]).Should().Equal(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);

    [Fact]
    public void A_sequence_is_gone_through_from_its_beginning_and_its_first_batches_are_dropped()
    {
        int begun = 0;
        BatchSource source = BatchSource.Of(Sequence());
        source.BatchesPerEpoch(4).Should().BeNull();
        source.FeatureNames.Should().BeEmpty();
        RowsOf(source.Epoch(new EpochPosition())).Should().Equal(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        RowsOf(source.Epoch(new EpochPosition { Batches = 2, Samples = 8 })).Should().Equal(8, 9);
        begun.Should().Be(2);
        source.Invoking(s => s.Epoch(new EpochPosition { Batches = 2, Samples = 7 }).ToList()).Should().Throw<InvalidOperationException>()
            .WithMessage("The checkpoint stands after 2 batches with 7 samples of an epoch, but the stream begins with 2 batches with 8 samples*");
        source.Invoking(s => s.Epoch(new EpochPosition { Batches = 4, Samples = 16 }).ToList()).Should().Throw<InvalidOperationException>()
            .WithMessage("*3 batches with 10*");
        FluentActions.Invoking(() => BatchSource.Of(null!)).Should().Throw<ArgumentNullException>().WithParameterName("batches");

        IEnumerable<Batch> Sequence()
        {
            begun++;
            foreach (Batch batch in Data.Batches(4)) yield return batch;
        }
    }

    [Fact]
    public void A_custom_source_needs_its_batches_alone()
    {
        BatchSource source = new Two { FeatureNames = ["a"] };
        source.BatchesPerEpoch(8).Should().BeNull();
        source.FeatureNames.Should().Equal("a");
        source.InMemory.Should().BeNull();
        source.Epoch(new EpochPosition { Batches = 1 }).Should().ContainSingle();
    }

    private sealed class Two : BatchSource
    {
        public override IEnumerable<Batch> Epoch(EpochPosition position) => Data.Batches(5).Skip(position.Batches);
    }
}
