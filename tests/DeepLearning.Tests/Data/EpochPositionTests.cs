namespace DeepLearning.Tests.Data;

public sealed class EpochPositionTests
{
    [Fact]
    public void The_default_is_the_beginning_of_an_unshuffled_epoch()
    {
        var position = new EpochPosition();
        (position.Epoch, position.Batches, position.Samples, position.BatchSize, position.Shuffle).Should().Be((0, 0, 0L, 32, false));
        position.Cancellation.CanBeCanceled.Should().BeFalse();
        int[] order = new int[50], again = new int[50];
        position.Random.FillPermutation(order);
        new RandomStream(0).FillPermutation(again);
        order.Should().Equal(again);
    }

    [Fact]
    public void Negative_numbers_are_refused()
    {
        FluentActions.Invoking(() => new EpochPosition { Epoch = -1 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Epoch must be ≥ 0, got -1*");
        FluentActions.Invoking(() => new EpochPosition { Batches = -1 }).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Batches");
        FluentActions.Invoking(() => new EpochPosition { Samples = -1 }).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Samples");
        FluentActions.Invoking(() => new EpochPosition { BatchSize = 0 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*BatchSize must be ≥ 1*");
    }
}
