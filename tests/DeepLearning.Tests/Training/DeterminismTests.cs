using System.Globalization;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
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

    [SkippableFact]
    public void A_processor_without_fused_multiply_add_trains_to_the_same_loss_but_for_rounding()
    {
        Skip.IfNot(Fma.IsSupported, "This machine has no fused multiply-add to do without.");
        string[] unfused = ChildProcess.Run("loss", ("DOTNET_EnableAVX", "0")).Split(' ');
        unfused[1].Should().Be("unfused", "the child must really run without it");
        // Six steps on sums of up to 512 products, each rounded 2⁻²⁴ more.
        float.Parse(unfused[0], CultureInfo.InvariantCulture).Should().BeApproximately(TrainedHash.Loss(), 1e-4f);
    }
}
