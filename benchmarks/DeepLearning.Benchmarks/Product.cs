using DeepLearning.Kernels;

namespace DeepLearning.Benchmarks;

/// <summary>One matrix product to be timed, with operands of its own.</summary>
public sealed class Product
{
    private readonly float[] a, b, c;

    public Product(string name, int m, int n, int k, bool transposeA = false, bool transposeB = false)
    {
        (Name, M, N, K, TransposeA, TransposeB) = (name, m, n, k, transposeA, transposeB);
        (a, b, c) = (Values(m * k), Values(k * n), new float[m * n]);
    }

    /// <summary>Squares, then the products of training: forward, weight gradients (A transposed), input gradients (B transposed).</summary>
    public static IEnumerable<Product> All =>
    [
        .. new[] { 64, 128, 256, 512, 1024, 2048 }.Select(n => new Product("square", n, n, n)),
        new("forward", 128, 512, 784),
        new("dw", 784, 512, 128, transposeA: true),
        new("dx", 128, 784, 512, transposeB: true),
        new("forward", 32, 128, 784),
        new("dw", 784, 128, 32, transposeA: true),
        new("dx", 32, 784, 128, transposeB: true),
        new("forward", 128, 10, 256),
        new("dw", 256, 10, 128, transposeA: true),
        new("dx", 128, 256, 10, transposeB: true),
        new("one row", 1, 512, 784),
        new("one row dx", 1, 784, 512, transposeB: true),
        new("tiny", 32, 16, 2),
        new("tiny", 32, 16, 4),
        new("tiny", 32, 3, 16),
        new("tiny dw", 4, 16, 32, transposeA: true),
        new("tiny dx", 32, 16, 3, transposeB: true),
    ];

    public string Name { get; }

    public int M { get; }

    public int N { get; }

    public int K { get; }

    public bool TransposeA { get; }

    public bool TransposeB { get; }

    public double Flops => 2.0 * M * N * K;

    public void Multiply() => Gemm.Multiply(a, TransposeA, b, TransposeB, c, M, N, K);

    /// <summary>The loop one writes first.</summary>
    public void MultiplyPlainly()
    {
        for (int i = 0; i < M; i++)
            for (int j = 0; j < N; j++)
            {
                float sum = 0;
                for (int p = 0; p < K; p++) sum += a[(i * K) + p] * b[(p * N) + j];
                c[(i * N) + j] = sum;
            }
    }

    public override string ToString() => $"{Name} {M}×{K}{(TransposeA ? "ᵀ" : "")} · {K}×{N}{(TransposeB ? "ᵀ" : "")}";

    private static float[] Values(int length) => [.. Enumerable.Range(0, length).Select(i => ((i * 37 % 101) - 50) / 64f)];
}
