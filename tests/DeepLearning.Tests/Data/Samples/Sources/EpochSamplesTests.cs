namespace DeepLearning.Tests.Data.Samples.Sources;

public sealed class EpochSamplesTests
{
    [Fact]
    public void A_function_is_not_asked_to_shuffle_where_Take_and_Skip_may_split_its_samples()
    {
        var asked = new List<bool>();
        SampleSource source = SampleSource.Of(position =>
        {
            asked.Add(position.Shuffle);
            return [new Sample(Tensor.From(1f), 0)];
        });
        source.Samples(new EpochPosition { Shuffle = true }).Should().HaveCount(1);
        asked.Should().Equal(false);
    }
}
