using BenchmarkDotNet.Attributes;
using MathNet.Numerics.LinearAlgebra;

namespace DeepLearning.Benchmarks;

/// <summary>A MathNet product of two 512×512 float matrices, by MathNet and with <see cref="MathNetAcceleration"/>.</summary>
public class MathNetBenchmarks
{
    private readonly Matrix<float> x = Matrix<float>.Build.Dense(512, 512, (i, j) => (i - j) / 512f);
    private readonly Matrix<float> y = Matrix<float>.Build.Dense(512, 512, (i, j) => (i + j) / 512f);
    private readonly Matrix<float> z = Matrix<float>.Build.Dense(512, 512);

    [Params(false, true)]
    public bool Accelerated { get; set; }

    [GlobalSetup]
    public void Choose()
    {
        if (Accelerated) MathNetAcceleration.Enable();
        else MathNetAcceleration.Disable();
    }

    [GlobalCleanup]
    public void PutBack() => MathNetAcceleration.Disable();

    [Benchmark]
    public void Multiply() => x.Multiply(y, z);
}
