namespace DeepLearning.Tests.Training;

public sealed class KilledRunsTests
{
    [Fact]
    public void Fault51_a_process_killed_at_any_moment_and_started_again_ends_with_the_same_bits()
        => KilledRuns.Kill(most: 4, epochs: 12).Should().BePositive();
}
