using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DeepLearning.Kernels;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Kernels;

/// <summary>The same bits at any number of threads and any vector width, and no allocation once warm.</summary>
[Collection("Threads")]
public sealed class GemmDeterminismTests : IDisposable
{
    private readonly int threads = Parallelism.ThreadCount;

    public static TheoryData<int, int, int, bool, bool> Shapes => new()
    {
        { 128, 512, 784, false, false }, { 784, 128, 128, true, false }, { 128, 784, 512, false, true }, { 513, 131, 97, true, true },
        { 1, 1100, 784, false, false }, { 2, 1100, 784, false, true }, { 300, 10, 300, false, false },
    };

    public void Dispose() => Parallelism.ThreadCount = threads;

    [Theory]
    [MemberData(nameof(Shapes))]
    public void One_two_three_and_eight_threads_give_the_same_bits(int m, int n, int k, bool transposeA, bool transposeB)
    {
        var product = new GemmCase(m, n, k, transposeA, transposeB, Accumulate: true, Bias: true);
        Parallelism.ThreadCount = 1;
        float[] expected = product.Actual();
        foreach (int count in new[] { 2, 3, 8 })
        {
            Parallelism.ThreadCount = count;
            for (int round = 0; round < 5; round++) product.VerifyBits(product.Actual(), expected);
        }
    }

    [Fact]
    public void Each_vector_width_gives_the_bits_of_the_plain_loop_packed_and_unpacked()
    {
        bool avx512 = Vector512.IsHardwareAccelerated && Avx512F.IsSupported, avx = Vector256.IsHardwareAccelerated && Fma.IsSupported;
        (int, int, int)[] shapes = [(1, 9, 5), (1, 77, 5), (3, 17, 9), (5, 40, 33), (37, 45, 50), (50, 70, 330), (65, 33, 20), (64, 10, 100), (6, 16, 400)];
        foreach ((int m, int n, int k) in shapes)
            for (int flags = 0; flags < 16; flags++)
            {
                var product = new GemmCase(m, n, k, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, (flags & 8) != 0);
                float[] expected = product.Expected();
                Verify<Lanes128, Vector128<float>>(product, expected);
                if (avx) Verify<Lanes256, Vector256<float>>(product, expected);
                if (avx512) Verify<Lanes512, Vector512<float>>(product, expected);
            }
    }

    [Fact]
    public async Task Products_from_sixteen_threads_at_once_have_the_bits_of_one()
    {
        Parallelism.ThreadCount = 3;
        var product = new GemmCase(70, 130, 90, false, true, Accumulate: false, Bias: true);
        float[] expected = product.Expected();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Factory.StartNew(
            () =>
            {
                for (int round = 0; round < 20; round++) product.VerifyBits(product.Actual(), expected);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void After_warming_up_a_product_allocates_nothing_in_the_caller(int m, int n, int k, bool transposeA, bool transposeB)
    {
        Parallelism.ThreadCount = 2;
        var product = new GemmCase(m, n, k, transposeA, transposeB, Accumulate: false, Bias: true);
        for (int round = 0; round < 3; round++) Gemm.Multiply(product.A, transposeA, product.B, transposeB, product.C, m, n, k, false, product.BiasValues);
        Allocations.Least(() =>
        {
            for (int round = 0; round < 5; round++) Gemm.Multiply(product.A, transposeA, product.B, transposeB, product.C, m, n, k, false, product.BiasValues);
        }).Should().Be(0);
    }

    private static unsafe void Verify<TLanes, V>(GemmCase product, float[] expected)
        where TLanes : struct, ILanes<V> where V : struct
    {
        float[] packed = [.. product.C], unpacked = [.. product.C];
        fixed (float* a = product.A, b = product.B, c = packed, d = unpacked, bias = product.BiasValues)
        {
            var task = new GemmTask
            {
                A = a,
                B = b,
                C = c,
                Bias = bias,
                TransposeA = product.TransposeA,
                TransposeB = product.TransposeB,
                Accumulate = product.Accumulate,
                M = product.M,
                N = product.N,
                K = product.K,
            };
            Gemm.MultiplyBlocked<MicroKernel<TLanes, V>>(task);
            task.C = d;
            GemmSmall<TLanes, V>.Multiply(task);
        }

        product.VerifyBits(packed, expected);
        product.VerifyBits(unpacked, expected);
    }
}
