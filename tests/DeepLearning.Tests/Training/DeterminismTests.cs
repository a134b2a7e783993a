using System.Runtime.Intrinsics;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Training;

[Collection("Threads")]
public sealed class DeterminismTests
{
    [Fact]
    public void Trained_weights_have_the_same_bits_at_any_thread_count()
    {
        int before = Parallelism.ThreadCount;
        try
        {
            var hashes = new List<string>();
            foreach (int threads in (int[])[1, 2, 3, 8])
            {
                Parallelism.ThreadCount = threads;
                hashes.Add(TrainedHash.Compute());
            }

            hashes.Distinct().Should().ContainSingle(because: $"threads 1, 2, 3, 8 gave {string.Join(", ", hashes)}");
        }
        finally
        {
            Parallelism.ThreadCount = before;
        }
    }

    [SkippableFact]
    public void Trained_weights_have_the_same_bits_without_512_bit_vectors()
    {
        Skip.IfNot(Vector512.IsHardwareAccelerated, "This machine has no 512-bit vectors to do without.");
        string[] narrow = ChildProcess.Run("hash", ("DOTNET_EnableAVX512", "0"), ("DOTNET_EnableAVX512F", "0")).Split(' ');
        narrow[1].Should().Be("256", "the child must really run without them");
        narrow[0].Should().Be(TrainedHash.Compute());
    }
}
