using DeepLearning.Kernels;
using TorchSharp;

namespace DeepLearning.Benchmarks.LibTorch;

/// <summary>A matrix product into memory that is there already; A or B transposed as in training.</summary>
internal sealed class ProductComparison : Comparison
{
    private readonly int m, n, k;
    private readonly bool transposeA, transposeB;
    private readonly float[] a, b, c;
    private readonly torch.Tensor left, right, result;

    public ProductComparison(int m, int k, int n, bool transposeA, bool transposeB)
        : base("Products", $"{m}×{k}{(transposeA ? "ᵀ" : "")} · {k}×{n}{(transposeB ? "ᵀ" : "")}", 1)
    {
        (this.m, this.n, this.k, this.transposeA, this.transposeB) = (m, n, k, transposeA, transposeB);
        (a, b, c) = (Values(m * k, 1), Values(k * n, 2), new float[m * n]);
        torch.Tensor storedA = transposeA ? torch.tensor(a, [k, m]) : torch.tensor(a, [m, k]);
        torch.Tensor storedB = transposeB ? torch.tensor(b, [n, k]) : torch.tensor(b, [k, n]);
        left = transposeA ? storedA.t() : storedA;
        right = transposeB ? storedB.t() : storedB;
        result = torch.zeros(m, n);
    }

    /// <summary>Squares and the products of dense layers: forward, by the weights (A transposed), by the inputs (B transposed).</summary>
    public static IEnumerable<ProductComparison> All
    {
        get
        {
            foreach (int size in new[] { 64, 128, 256, 512, 1024, 2048 })
            {
                yield return new ProductComparison(size, size, size, false, false);
                yield return new ProductComparison(size, size, size, true, false);
                yield return new ProductComparison(size, size, size, false, true);
            }

            foreach ((int batch, int inputs, int units) in new[] { (128, 784, 512), (32, 784, 128), (128, 256, 10) })
            {
                yield return new ProductComparison(batch, inputs, units, false, false);
                yield return new ProductComparison(inputs, batch, units, true, false);
                yield return new ProductComparison(batch, units, inputs, false, true);
            }
        }
    }

    public override double Flops => 2.0 * m * n * k;

    public override void Ours() => Gemm.Multiply(a, transposeA, b, transposeB, c, m, n, k);

    public override void Theirs() => result.addmm_(left, right, beta: 0, alpha: 1);

    public override void Verify()
    {
        Ours();
        Theirs();
        RequireClose("values", c, result.data<float>().ToArray());
    }

    private static float[] Values(int count, ulong seed)
    {
        var values = new float[count];
        new RandomStream(seed).FillNormal(values);
        return values;
    }
}
