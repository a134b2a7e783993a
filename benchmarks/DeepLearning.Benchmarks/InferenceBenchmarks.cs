using BenchmarkDotNet.Attributes;

namespace DeepLearning.Benchmarks;

/// <summary>Predictions from span to span: a request of one row, and a batch. Nothing is allocated after the first call.</summary>
[MemoryDiagnoser]
public class InferenceBenchmarks
{
    private Sequential model = null!;
    private float[] inputs = null!, predictions = null!;

    [ParamsSource(nameof(Networks))]
    public Network Network { get; set; } = null!;

    [Params(1, 256)]
    public int Rows { get; set; }

    public static IEnumerable<Network> Networks => Network.All;

    [GlobalSetup]
    public void Setup()
    {
        model = Network.Build();
        inputs = Tensor.RandomNormal([Rows, Network.Inputs], seed: 3).ToArray();
        predictions = new float[Rows * Network.Classes];
    }

    [Benchmark]
    public void Predict() => model.Predict(inputs, predictions);
}
