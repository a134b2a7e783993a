using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace DeepLearning.Benchmarks;

/// <summary>
/// Elementwise operations and softmax as a layer calls them, on memory that is used again, beside <see cref="TensorPrimitives"/> where it has the function.
/// The peer runs on one thread: set DEEPLEARNING_NUM_THREADS=1 to compare kernel with kernel.
/// </summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class ElementwiseBenchmarks
{
    private const int RowLength = 64;

    private static readonly Gelu Exact = new();

    private readonly Tape tape = Tape.Recycling(records: false);
    private Tensor x = null!, positive = null!;
    private float[] input = null!, positiveInput = null!, result = null!;

    [Params(1 << 10, 1 << 16, 1 << 22)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        x = Tensor.RandomUniform([Length / RowLength, RowLength], seed: 1, -8f, 8f);
        positive = Tensor.RandomUniform([Length / RowLength, RowLength], seed: 2, 0.01f, 100f);
        (input, positiveInput, result) = (x.ToArray(), positive.ToArray(), new float[Length]);
    }

    [BenchmarkCategory("exp"), Benchmark(Baseline = true)]
    public Tensor Exp() => Again(x).Exp();

    [BenchmarkCategory("exp"), Benchmark]
    public void ExpPeer() => TensorPrimitives.Exp(input, result);

    [BenchmarkCategory("tanh"), Benchmark(Baseline = true)]
    public Tensor Tanh() => Again(x).Tanh();

    [BenchmarkCategory("tanh"), Benchmark]
    public void TanhPeer() => TensorPrimitives.Tanh(input, result);

    [BenchmarkCategory("sigmoid"), Benchmark(Baseline = true)]
    public Tensor Sigmoid() => Again(x).Sigmoid();

    [BenchmarkCategory("sigmoid"), Benchmark]
    public void SigmoidPeer() => TensorPrimitives.Sigmoid(input, result);

    [BenchmarkCategory("log"), Benchmark(Baseline = true)]
    public Tensor Log() => Again(positive).Log();

    [BenchmarkCategory("log"), Benchmark]
    public void LogPeer() => TensorPrimitives.Log(positiveInput, result);

    [BenchmarkCategory("gelu"), Benchmark(Baseline = true)]
    public Tensor Gelu() => Exact.Apply(Again(x));

    [BenchmarkCategory("relu"), Benchmark(Baseline = true)]
    public Tensor Relu() => Again(x).Relu();

    [BenchmarkCategory("relu"), Benchmark]
    public void ReluPeer() => TensorPrimitives.Max(input, 0f, result);

    [BenchmarkCategory("add"), Benchmark(Baseline = true)]
    public Tensor Add() => Again(x) + positive;

    [BenchmarkCategory("add"), Benchmark]
    public void AddPeer() => TensorPrimitives.Add(input, positiveInput, result);

    [BenchmarkCategory("softmax of rows"), Benchmark(Baseline = true)]
    public Tensor Softmax() => Again(x).Softmax();

    [BenchmarkCategory("softmax of rows"), Benchmark]
    public void SoftmaxPeer()
    {
        for (int row = 0; row < Length; row += RowLength)
            TensorPrimitives.SoftMax(input.AsSpan(row, RowLength), result.AsSpan(row, RowLength));
    }

    private Tensor Again(Tensor operand)
    {
        tape.Reset();
        return tape.Constant(operand);
    }
}
