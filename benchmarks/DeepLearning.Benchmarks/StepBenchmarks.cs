using BenchmarkDotNet.Attributes;

namespace DeepLearning.Benchmarks;

/// <summary>Training steps: forward, cross-entropy from logits, backward, update. Nothing is allocated once the first step is made.</summary>
[MemoryDiagnoser]
public class StepBenchmarks
{
    private Action step = null!;

    [ParamsSource(nameof(Networks))]
    public Network Network { get; set; } = null!;

    public static IEnumerable<Network> Networks => Network.All;

    [GlobalSetup]
    public void Setup() => step = Network.Step();

    [Benchmark]
    public void Step() => step();
}
