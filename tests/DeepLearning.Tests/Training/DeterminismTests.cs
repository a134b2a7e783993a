using System.Diagnostics;
using System.Runtime.Intrinsics;

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
        string[] narrow = Run(("DOTNET_EnableAVX512", "0"), ("DOTNET_EnableAVX512F", "0"));
        narrow[1].Should().Be("256", "the child must really run without them");
        narrow[0].Should().Be(TrainedHash.Compute());
    }

    /// <summary>Runs Program.cs of this assembly in a process of its own.</summary>
    private static string[] Run(params (string Name, string Value)[] environment)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string assembly = typeof(DeterminismTests).Assembly.Location;
        var start = new ProcessStartInfo(host, ["exec", assembly]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        using Process child = Process.Start(start)!;
        string output = child.StandardOutput.ReadToEnd(), errors = child.StandardError.ReadToEnd();
        child.WaitForExit();
        child.ExitCode.Should().Be(0, errors);
        return output.Trim().Split(' ');
    }
}
