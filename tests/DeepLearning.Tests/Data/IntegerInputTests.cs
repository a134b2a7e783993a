namespace DeepLearning.Tests.Data;

public sealed class IntegerInputTests
{
    private const int Large = 16_777_217;

    private readonly Dataset data = new(Tensor.FromIndices(new[,] { { Large, 1 }, { 2, 3 }, { 4, 5 }, { 6, int.MaxValue } }), new[] { 0, 1, 0, 1 });

    [Fact]
    public void Rows_keep_their_integers_however_they_are_chosen()
    {
        data.Take(1).Inputs.AsIntegers().ToArray().Should().Equal(Large, 1);
        data.Skip(3).Inputs.AsIntegers().ToArray().Should().Equal(6, int.MaxValue);
        data.Select([3, 0]).Inputs.AsIntegers().ToArray().Should().Equal(6, int.MaxValue, Large, 1);
        data.Where((x, y) => x.AsIntegers()[0] > 3).Inputs.AsIntegers().ToArray().Should().Equal(Large, 1, 4, 5, 6, int.MaxValue);
        data.Where((x, y) => y.ToScalar() == 1).Inputs.AsIntegers().ToArray().Should().Equal(2, 3, 6, int.MaxValue);
        (Dataset train, Dataset test) = data.Split(0.5, seed: 3, stratified: true);
        train.Inputs.AsIntegers().ToArray().Concat(test.Inputs.AsIntegers().ToArray()).Should().BeEquivalentTo(data.Inputs.AsIntegers().ToArray());
        data.Shuffle(1).Inputs.AsIntegers().ToArray().Should().BeEquivalentTo(data.Inputs.AsIntegers().ToArray()).And.Contain(Large);
    }

    [Fact]
    public void Batches_keep_their_integers_at_every_round()
    {
        IEnumerable<Batch> copies = data.Batches(3), recycled = data.RecycledEpoch(new EpochPosition { BatchSize = 3 }, new BatchBuffers());
        foreach (IEnumerable<Batch> batches in new[] { copies, recycled, data.Prefetch(2).Epoch(new EpochPosition { BatchSize = 3 }) })
            for (int round = 0; round < 2; round++)
                batches.SelectMany(b => b.Inputs.AsIntegers().ToArray()).Should().Equal(data.Inputs.AsIntegers().ToArray());
    }

    [Fact]
    public void No_integer_is_infinite_or_NaN()
        => FluentActions.Invoking(() => Dataset.RequireFinite([Tensor.FromIndices(0x7F800000, -1)], [Tensor.Ones([2])])).Should().NotThrow();

    [Fact]
    public void Targets_and_weights_are_no_indices()
    {
        Tensor x = Tensor.Ones([2, 1]), indices = Tensor.FromIndices(0, 1);
        FluentActions.Invoking(() => new Dataset(x, indices)).Should().Throw<ArgumentException>().WithParameterName("targets").WithMessage("*int[]*AsIntegers()*");
        FluentActions.Invoking(() => new Dataset(x, x, indices)).Should().Throw<ArgumentException>().WithParameterName("sampleWeights");
        FluentActions.Invoking(() => new Batch(x, indices)).Should().Throw<ArgumentException>().WithParameterName("targets");
    }
}
