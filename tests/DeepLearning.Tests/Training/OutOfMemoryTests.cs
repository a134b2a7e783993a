using System.Globalization;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Training;

public sealed class OutOfMemoryTests
{
    [Fact]
    public void Fault59_a_call_that_ran_out_of_memory_anywhere_leaves_all_as_it_was_and_the_next_one_is_right()
    {
        string output = ChildProcess.Run("out-of-memory", ("DOTNET_GCHeapHardLimit", "0x40000000"), ("DOTNET_gcConcurrent", "0"));
        string[] lines = output.Split('\n');
        lines.Should().HaveCount(5, output);
        // Each call asks for several times the step by which its memory grows.
        foreach (string line in lines) int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture).Should().BeGreaterThan(2, "the memory must really have been short: {0}", line);
    }
}
