using DeepLearning.Kernels;

namespace DeepLearning.Tests.Kernels;

public sealed class ColumnMajorProductTests
{
    /// <summary>Empty, one row, one column, no inner dimension, odd, and large enough to be packed and shared.</summary>
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 0, 3, 2 }, { 3, 0, 2 }, { 0, 0, 0 }, { 3, 2, 0 }, { 1, 1, 1 }, { 1, 9, 5 }, { 9, 1, 5 }, { 4, 6, 1 }, { 17, 13, 11 }, { 1, 300, 500 },
        { 300, 1, 500 }, { 65, 70, 33 }, { 67, 61, 70 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_transposition_and_factor_equals_the_formula_in_double_precision(int m, int n, int k)
    {
        foreach (bool transposeA in new[] { false, true })
            foreach (bool transposeB in new[] { false, true })
                foreach (float alpha in new[] { 1f, 0f, -0.7f })
                    foreach (float beta in new[] { 0f, 1f, 1.3f })
                        Verify(alpha, Values(m * k, 1), transposeA, Values(k * n, 2), transposeB, beta, Values(m * n, 3), m, n, k);
    }

    [Theory]
    [InlineData(1f, 0f)]
    [InlineData(1f, 1f)]
    [InlineData(2f, 0f)]
    [InlineData(0.5f, -3f)]
    [InlineData(0f, 2f)]
    public void The_result_may_be_an_operand_or_both(float alpha, float beta)
    {
        const int N = 37;
        float[] other = Values(N * N, 2);
        float[] left = Values(N * N, 1), right = Values(N * N, 1), both = Values(N * N, 1);
        Verify(alpha, left, true, other, false, beta, left, N, N, N);
        Verify(alpha, other, false, right, true, beta, right, N, N, N);
        Verify(alpha, both, false, both, true, beta, both, N, N, N);
    }

    [Fact]
    public void With_beta_0_what_the_result_held_is_not_read()
    {
        float[] identity = [1, 0, 0, 1];
        foreach (float alpha in new[] { 1f, 2f, 0f })
        {
            float[] c = [float.NaN, float.PositiveInfinity, float.NaN, float.NegativeInfinity];
            ColumnMajorProduct.Multiply(alpha, [1, 2, 3, 4], false, identity, false, 0f, c, 2, 2, 2);
            c.Should().Equal(1 * alpha, 2 * alpha, 3 * alpha, 4 * alpha);
        }
    }

    [Fact]
    public void With_alpha_0_the_operands_are_not_read()
    {
        float[] c = [1, 2, 3, 4], nan = [float.NaN, float.NaN, float.NaN, float.NaN];

        ColumnMajorProduct.Multiply(0f, nan, false, nan, true, 3f, c, 2, 2, 2);

        c.Should().Equal(3, 6, 9, 12);
    }

    [Fact]
    public void Not_a_number_in_an_operand_reaches_its_row_and_no_other()
    {
        float[] c = new float[4];

        ColumnMajorProduct.Multiply(1f, [float.NaN, 0, 0, 0], false, [0, 0, 0, 1], false, 0f, c, 2, 2, 2);

        c.Should().Equal(float.NaN, 0, float.NaN, 0);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void A_row_by_itself_has_the_bits_that_it_has_among_others(bool transposeA, bool transposeB)
    {
        const int M = 3, N = 300, K = 200;
        float[] a = Values(M * K, 1), b = Values(K * N, 2), all = new float[M * N], one = new float[N];
        ColumnMajorProduct.Multiply(1f, a, transposeA, b, transposeB, 0f, all, M, N, K);

        ColumnMajorProduct.Multiply(1f, [.. a.Where((_, i) => transposeA ? i < K : i % M == 0)], transposeA, b, transposeB, 0f, one, 1, N, K);

        one.Select(BitConverter.SingleToInt32Bits).Should().Equal(all.Where((_, i) => i % M == 0).Select(BitConverter.SingleToInt32Bits));
    }

    private static void Verify(float alpha, float[] a, bool transposeA, float[] b, bool transposeB, float beta, float[] c, int m, int n, int k)
    {
        double[] expected = new double[m * n], bound = new double[m * n];
        for (int j = 0; j < n; j++)
            for (int i = 0; i < m; i++)
            {
                double sum = 0, magnitude = 0;
                for (int p = 0; p < k; p++)
                {
                    double term = (double)a[transposeA ? (i * k) + p : (p * m) + i] * b[transposeB ? (p * n) + j : (j * k) + p];
                    (sum, magnitude) = (sum + term, magnitude + Math.Abs(term));
                }

                int at = (j * m) + i;
                expected[at] = (alpha * sum) + ((double)beta * c[at]);
                // k fused steps, the two factors and the sum round once each, by at most 2⁻²⁴ of what is there; the two more cover the squares of that.
                bound[at] = (k + 5) * Math.Pow(2, -24) * ((Math.Abs(alpha) * magnitude) + Math.Abs(beta * (double)c[at]));
            }

        ColumnMajorProduct.Multiply(alpha, a, transposeA, b, transposeB, beta, c, m, n, k);

        for (int at = 0; at < c.Length; at++)
            if (!(Math.Abs(c[at] - expected[at]) <= bound[at]))
                Assert.Fail($"{m}×{k}·{k}×{n} {transposeA} {transposeB} α {alpha} β {beta}: [{at % m}, {at / m}] is {c[at]:R}, not {expected[at]:R}");
    }

    private static float[] Values(int length, int stream) => [.. Enumerable.Range(0, length).Select(i => MathF.Sin((i * 1.7f) + stream))];
}
