namespace DeepLearning.Tests.Serving;

public sealed class HotSwapTests
{
    /// <summary>The long run: <c>dotnet run -c Release --project tests/DeepLearning.Tests -- hot-swap 100000</c>.</summary>
    [Fact]
    public void Fault58_64_threads_get_the_bits_of_one_model_each_time_while_models_are_swapped()
    {
        HotSwapRun.Outcome outcome = HotSwapRun.Run(callsPerThread: 2_000);
        (outcome.Wrong, outcome.Failed, outcome.Bytes).Should().Be((0, 0, 0));
        outcome.Swaps.Should().BeGreaterThanOrEqualTo(5);
        outcome.ModelsSeen.Should().BeGreaterThan(1);
    }
}
