using DeepLearning.Kernels;

namespace DeepLearning.Tests.Kernels;

/// <summary>Stacks of products against one product after another: the same bits, however the work is cut.</summary>
[Collection("Threads")]
public sealed class GemmStackTests : IDisposable
{
    private readonly int threads = Parallelism.ThreadCount;

    /// <summary>Dimensions of the stack, then which of them A, B and C have: where one is missing, the operand is repeated, or the products are added up.</summary>
    public static TheoryData<int[], int[], int[], int[]> Stacks => new()
    {
        { [], [], [], [] },
        { [5], [5], [5], [5] },
        { [2, 3], [2, 3], [2, 3], [2, 3] },
        { [5], [5], [1], [5] },
        { [5], [1], [5], [5] },
        { [5], [5], [5], [1] },
        { [2, 3], [2, 1], [1, 3], [2, 3] },
        { [2, 3], [2, 3], [2, 3], [2, 1] },
        { [2, 3], [2, 3], [2, 3], [1, 3] },
        { [3, 1, 2], [3, 1, 2], [1, 1, 2], [3, 1, 1] },
        { [70], [70], [70], [70] },
    };

    public void Dispose() => Parallelism.ThreadCount = threads;

    [Theory]
    [MemberData(nameof(Stacks))]
    public void A_stack_has_the_bits_of_its_products_one_by_one(int[] dims, int[] left, int[] right, int[] result)
    {
        foreach ((int m, int n, int k) in new[] { (3, 5, 4), (33, 40, 50), (1, 1, 1), (2, 3, 0) })
            for (int flags = 0; flags < 8; flags++)
            {
                (bool transposeA, bool transposeB, bool accumulate) = ((flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);
                float[] a = LaneSamples.Numbers(Size(left) * m * k, 1), b = LaneSamples.Numbers(Size(right) * k * n, 2), c = LaneSamples.Numbers(Size(result) * m * n, 3);
                int[] stepsA = Steps(left, m * k), stepsB = Steps(right, k * n), stepsC = Steps(result, m * n);
                float[] expected = [.. c];
                if (!accumulate) Array.Clear(expected);
                foreach (int[] place in DeepLearning.Tests.Ops.Naive.Indices(dims))
                    Gemm.Multiply(
                        a.AsSpan(At(place, stepsA), m * k), transposeA, b.AsSpan(At(place, stepsB), k * n), transposeB,
                        expected.AsSpan(At(place, stepsC), m * n), m, n, k, accumulate: true);

                foreach (int count in new[] { 1, 2, 3, 8 })
                {
                    Parallelism.ThreadCount = count;
                    float[] actual = [.. c];
                    GemmStack.Multiply(a, transposeA, stepsA, b, transposeB, stepsB, actual, stepsC, dims, m, n, k, accumulate);
                    actual.ShouldHaveTheBitsOf(expected, $"{m}×{n}×{k}, flags {flags}, {count} threads");
                }
            }
    }

    [Fact]
    public void A_stack_of_nothing_sums_to_0()
    {
        float[] c = [1f, 2f];
        GemmStack.Multiply([], true, [4], [], false, [2], c, [0], [0], 2, 1, 2, accumulate: true);
        c.Should().Equal(1f, 2f);
        GemmStack.Multiply([], true, [4], [], false, [2], c, [0], [0], 2, 1, 2);
        c.Should().Equal(0f, 0f);
    }

    [Fact]
    public void What_is_too_short_or_overlaps_is_refused()
    {
        float[] a = new float[12], c = new float[12];
        FluentActions.Invoking(() => GemmStack.Multiply(a.AsSpan(0, 11), true, [4], a, false, [4], c, [4], [3], 2, 2, 2)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => GemmStack.Multiply(a, true, [4], a, false, [4], c.AsSpan(0, 11), [4], [3], 2, 2, 2)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => GemmStack.Multiply(c, true, [4], a, false, [4], c, [4], [3], 2, 2, 2)).Should().Throw<ArgumentException>();
    }

    private static int Size(int[] dims) => dims.Aggregate(1, (x, y) => x * y);

    private static int[] Steps(int[] dims, int size)
    {
        var steps = new int[dims.Length];
        for (int d = dims.Length - 1; d >= 0; d--) (steps[d], size) = (dims[d] == 1 ? 0 : size, size * dims[d]);
        return steps;
    }

    private static int At(int[] place, int[] steps) => place.Zip(steps, (i, step) => i * step).Sum();
}
