using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

namespace DeepLearning.Benchmarks;

/// <summary>Runs in this process: a generated project would inherit the repository's build rules and fail on them.</summary>
internal sealed class InProcessConfig : ManualConfig
{
    public InProcessConfig()
    {
        Add(DefaultConfig.Instance);
        AddJob(Job.Default.WithToolchain(InProcessNoEmitToolchain.Instance));
    }
}
