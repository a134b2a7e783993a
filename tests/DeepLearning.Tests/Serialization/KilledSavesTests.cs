namespace DeepLearning.Tests.Serialization;

public sealed class KilledSavesTests
{
    [Fact]
    public void Fault51_a_process_killed_during_a_save_leaves_the_old_or_the_new_file_and_the_next_save_cleans_up()
        => FluentActions.Invoking(() => KilledSaves.Run(kills: 2)).Should().NotThrow();
}
