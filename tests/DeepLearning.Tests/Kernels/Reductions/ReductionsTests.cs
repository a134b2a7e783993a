using DeepLearning.Kernels;

namespace DeepLearning.Tests.Kernels;

public sealed class ReductionsTests
{
    /// <summary>A float lane adds at most 256 values before its sum goes on in double: 256·2⁻²⁴ of Σ|x| bounds the error.</summary>
    private const double SumError = 256.0 / (1 << 24);

    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 3, 0, 5 }, { 3, 0, 1 }, { 0, 4, 3 }, { 2, 3, 0 }, { 5, 10, 1 }, { 7, 16, 1 }, { 7, 17, 1 }, { 3, 5000, 1 },
        { 2, 40_000, 1 }, { 400, 100, 1 },
        { 1, 128, 10 }, { 1, 1000, 7 }, { 3, 9, 16 }, { 2, 5, 63 }, { 2, 5, 64 }, { 2, 5, 65 }, { 1, 300, 130 }, { 4, 2, 3 }, { 1, 600, 513 }, { 70, 33, 40 },
    };

    [Fact]
    public void A_sum_and_a_dot_product_are_right_at_every_length()
    {
        foreach (int n in LaneSamples.Lengths)
        {
            float[] x = LaneSamples.Numbers(n, 1), y = LaneSamples.Numbers(n, 2);
            Reductions.Sum(x).Should().BeApproximately(x.Sum(v => (double)v), SumError * x.Sum(v => (double)Math.Abs(v)), "sum of {0}", n);
            // Products of floats are exact in double; only the order of the double additions differs.
            Reductions.Dot(x, y).Should().BeApproximately(x.Zip(y, (a, b) => (double)a * b).Sum(), 1e-9, "dot of {0}", n);
        }
    }

    [Fact]
    public void A_sum_of_ten_million_tenths_keeps_its_digits()
    {
        float[] x = new float[10_000_000];
        Array.Fill(x, 0.1f);
        Reductions.Sum(x).Should().BeApproximately(10_000_000 * (double)0.1f, SumError * 1e6, "a naive float sum gives 1,087,937");
    }

    [Fact]
    public void A_dot_product_of_huge_values_does_not_overflow() => Reductions.Dot([1e30f, 1e30f], [1e30f, 1e30f]).Should().BeApproximately(2e60, 1e54);

    [Fact]
    public void The_order_of_a_sum_is_16_lanes_then_the_tree_then_blocks_in_double()
    {
        float[] x = LaneSamples.Numbers(4 * 4096 * 2 + 4096 + 100, 5, 1e6f);
        double expected = 0;
        for (int start = 0; start < x.Length; start += 4096)
        {
            float[] lanes = new float[16];
            for (int i = start; i < Math.Min(start + 4096, x.Length); i++) lanes[i % 16] += x[i];
            double[] tree = [.. lanes.Select(v => (double)v)];
            for (int half = 8; half > 0; half /= 2)
                for (int l = 0; l < half; l++) tree[l] += tree[l + half];
            expected += tree[0];
        }

        Reductions.Sum(x).Should().Be(expected);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_sum_along_an_axis_equals_the_double_loop(int outer, int axis, int inner)
    {
        float[] x = LaneSamples.Numbers(outer * axis * inner), start = LaneSamples.Numbers(outer * inner, 9);
        float[] fresh = [.. start], added = [.. start];
        Reductions.Sum(x, fresh, outer, axis, inner);
        Reductions.Sum(x, added, outer, axis, inner, accumulate: true);
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                double sum = 0, size = 0;
                for (int a = 0; a < axis; a++)
                {
                    float v = x[(o * axis + a) * inner + i];
                    sum += v;
                    size += Math.Abs(v);
                }

                int at = o * inner + i;
                if (!(Math.Abs(fresh[at] - sum) <= SumError * size)) Assert.Fail($"[{o}, {i}] is {fresh[at]:R}, expected {sum:R}");
                if (added[at] != start[at] + fresh[at]) Assert.Fail($"[{o}, {i}] was not added");
            }
    }

    [Fact]
    public void A_long_axis_of_tenths_keeps_its_digits()
    {
        float[] x = new float[1_000_000 * 3], result = new float[3];
        Array.Fill(x, 0.1f);
        Reductions.Sum(x, result, 1, 1_000_000, 3);
        foreach (float sum in result) ((double)sum).Should().BeApproximately(100_000, 1, "a naive float loop gives 100,958");
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Max_and_ArgMax_equal_the_scalar_loop_with_ties_and_NaN(int outer, int axis, int inner)
    {
        if (axis == 0) return;
        var random = new Philox(3, 0, 0);
        // Whole numbers, so that ties are common; about one value in 200 is NaN or infinite.
        float[] x =
        [
            .. Enumerable.Range(0, outer * axis * inner).Select(i => (random.UInt32(i) % 601) switch
            {
                0 => float.NaN,
                1 => float.PositiveInfinity,
                2 => float.NegativeInfinity,
                uint v => v % 7 - 3f,
            }),
        ];
        float[] max = new float[outer * inner];
        int[] places = new int[outer * inner];
        Reductions.Max(x, max, outer, axis, inner);
        Reductions.ArgMax(x, places, outer, axis, inner);
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                int best = 0;
                float largest = x[o * axis * inner + i];
                for (int a = 1; a < axis && !float.IsNaN(largest); a++)
                {
                    float v = x[(o * axis + a) * inner + i];
                    if (v > largest || float.IsNaN(v)) (best, largest) = (a, v);
                }

                if (!max[o * inner + i].Equals(largest)) Assert.Fail($"max [{o}, {i}] is {max[o * inner + i]}, expected {largest}");
                if (places[o * inner + i] != best) Assert.Fail($"place [{o}, {i}] is {places[o * inner + i]}, expected {best}");
            }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Rows_of_minus_infinity_and_of_zeros_of_both_signs_have_their_first_place(int inner)
    {
        float[] x = new float[20 * inner];
        int[] place = new int[inner];
        float[] max = new float[inner];
        Array.Fill(x, float.NegativeInfinity);
        Reductions.ArgMax(x, place, 1, 20, inner);
        Reductions.Max(x, max, 1, 20, inner);
        place.Should().AllBeEquivalentTo(0);
        max.Should().AllBeEquivalentTo(float.NegativeInfinity);

        Array.Fill(x, -0f);
        x.AsSpan(10 * inner).Clear();
        Reductions.ArgMax(x, place, 1, 20, inner);
        Reductions.Max(x, max, 1, 20, inner);
        place.Should().AllBeEquivalentTo(0, "−0 equals +0");
        float.IsNegative(max[0]).Should().BeFalse("+0 is the larger zero");
    }

    [Fact]
    public void Max_of_an_empty_axis_throws()
        => ((Action)(() => Reductions.Max([], new float[2], 2, 0, 1))).Should().Throw<ArgumentOutOfRangeException>();

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void AllFinite_finds_one_bad_value_anywhere(float bad)
    {
        for (int n = 1; n <= 150; n++)
        {
            float[] x = LaneSamples.Numbers(n);
            x[0] = float.MaxValue;
            Reductions.AllFinite(x).Should().BeTrue();
            for (int i = 0; i < n; i += 7)
            {
                float before = x[i];
                x[i] = bad;
                Reductions.AllFinite(x).Should().BeFalse("place {0} of {1}", i, n);
                x[i] = before;
            }

            x[n - 1] = bad;
            Reductions.AllFinite(x).Should().BeFalse();
            Reductions.AllFinite(x.AsSpan(0, n - 1)).Should().BeTrue("what stands past the end does not count");
        }

        Reductions.AllFinite([]).Should().BeTrue();
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(2.0000002f)]
    [InlineData(-2.0000002f)]
    public void AllWithin_finds_one_value_beyond_the_limit_anywhere(float beyond)
    {
        for (int n = 1; n <= 150; n++)
        {
            float[] x = [.. Enumerable.Range(0, n).Select(i => i % 2 == 0 ? 2f : -2f)];
            Reductions.AllWithin(x, 2f).Should().BeTrue();
            for (int i = 0; i < n; i += 7)
            {
                float before = x[i];
                x[i] = beyond;
                Reductions.AllWithin(x, 2f).Should().BeFalse("place {0} of {1}", i, n);
                x[i] = before;
            }
        }
    }

    [Collection("Threads")]
    public sealed class Threads
    {
        [Theory]
        [InlineData(1000, 100, 1)]
        [InlineData(3, 50_000, 1)]
        [InlineData(1, 700, 513)]
        [InlineData(300, 40, 30)]
        public void Bits_do_not_depend_on_the_number_of_threads(int outer, int axis, int inner)
        {
            float[] x = LaneSamples.Numbers(outer * axis * inner);
            var (one, three) = LaneSamples.WithOneAndThreeThreads(() =>
            {
                float[] sum = new float[outer * inner], max = new float[outer * inner];
                int[] place = new int[outer * inner];
                Reductions.Sum(x, sum, outer, axis, inner);
                Reductions.Max(x, max, outer, axis, inner);
                Reductions.ArgMax(x, place, outer, axis, inner);
                return (float[])[.. sum, .. max, .. place.Select(p => (float)p)];
            });
            three.ShouldHaveTheBitsOf(one);
        }
    }

    [Fact]
    public void The_extent_is_the_smallest_and_the_largest_value_at_any_length()
    {
        Reductions.Extent([]).Should().Be((float.PositiveInfinity, float.NegativeInfinity));
        foreach (int n in LaneSamples.Lengths.Where(n => n is > 0 and < 300))
        {
            float[] x = LaneSamples.Numbers(n);
            Reductions.Extent(x).Should().Be((x.Min(), x.Max()), $"of {n} values");
            x[n / 2] = float.NaN;
            Reductions.Extent(x).Should().Be((float.NaN, float.NaN), $"of {n} values");
        }
    }

    [Fact]
    public void Equal_largest_values_share_the_gradient()
    {
        float[] x = [1f, 5f, 5f, 2f, 5f, 0f], max = [5f, 5f], dy = [6f, 1f], dx = [1f, 1f, 1f, 1f, 1f, 1f];

        Reductions.MaxBackward(x, max, dy, dx, 1, 3, 2, accumulate: true);
        dx.Should().Equal(1f, 2f, 4f, 1f, 4f, 1f);
        Reductions.MaxBackward(x, max, dy, dx, 2, 3, 1, accumulate: false);
        dx.Should().Equal(0f, 3f, 3f, 0f, 1f, 0f);
    }
}
