using BenchmarkDotNet.Attributes;
using MathNet.Numerics.LinearAlgebra;

namespace DeepLearning.Benchmarks;

/// <summary>The matrix product of each shape; the number of threads is that of <see cref="Parallelism"/>.</summary>
public class GemmBenchmarks
{
    [ParamsSource(nameof(Products))]
    public Product Product { get; set; } = null!;

    public static IEnumerable<Product> Products => Product.All;

    [Benchmark]
    public void Multiply() => Product.Multiply();
}

/// <summary>512 × 512 × 512 beside its peers in C#: a plain loop and MathNet.Numerics.</summary>
public class GemmPeerBenchmarks
{
    private readonly Product product = new("square", 512, 512, 512);
    private readonly Matrix<float> x = Matrix<float>.Build.Dense(512, 512, (i, j) => (i - j) / 512f);
    private readonly Matrix<float> y = Matrix<float>.Build.Dense(512, 512, (i, j) => (i + j) / 512f);
    private readonly Matrix<float> z = Matrix<float>.Build.Dense(512, 512);

    [Benchmark(Baseline = true)]
    public void Multiply() => product.Multiply();

    [Benchmark]
    public void PlainLoop() => product.MultiplyPlainly();

    [Benchmark]
    public void MathNet() => x.Multiply(y, z);
}
