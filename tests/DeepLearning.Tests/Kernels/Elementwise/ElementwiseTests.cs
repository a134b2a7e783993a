using System.Runtime.Intrinsics;
using DeepLearning.Kernels;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Kernels;

/// <summary>The loops against scalar code, at all lengths and strides. The functions round once, so that the bits must agree.</summary>
public sealed class ElementwiseTests
{
    private readonly struct Affine(float scale) : IUnary
    {
        public Vector512<float> Invoke(Vector512<float> x) => x * Vector512.Create(scale);
    }

    /// <summary>Not symmetric, so that exchanged operands show.</summary>
    private readonly struct Minus : IBinary
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => x - y;
    }

    private readonly struct Fused : ITernary
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y, Vector512<float> z) => Vector512.FusedMultiplyAdd(x, y, z);
    }

    private readonly struct Exp : IUnary
    {
        public Vector512<float> Invoke(Vector512<float> x) => VectorMath.Exp(x);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Maps_equal_the_scalar_loop_at_every_length_and_write_nothing_past_it(bool accumulate)
    {
        foreach (int n in LaneSamples.Lengths)
        {
            float[] x = LaneSamples.Numbers(n, 1), y = LaneSamples.Numbers(n, 2), z = LaneSamples.Numbers(n, 3), start = LaneSamples.Numbers(n + 20, 4);
            float[] one = [.. start], two = [.. start], three = [.. start];
            Elementwise.Map(new Affine(1.7f), x, one.AsSpan(0, n), accumulate);
            Elementwise.Map(new Minus(), x, y, two.AsSpan(0, n), accumulate);
            Elementwise.Map(new Fused(), x, y, z, three.AsSpan(0, n), accumulate);

            float[] expected1 = [.. start], expected2 = [.. start], expected3 = [.. start];
            for (int i = 0; i < n; i++)
            {
                expected1[i] = (accumulate ? start[i] : 0f) + x[i] * 1.7f;
                expected2[i] = (accumulate ? start[i] : 0f) + (x[i] - y[i]);
                expected3[i] = (accumulate ? start[i] : 0f) + MathF.FusedMultiplyAdd(x[i], y[i], z[i]);
            }

            one.ShouldHaveTheBitsOf(expected1, $"one input, {n}");
            two.ShouldHaveTheBitsOf(expected2, $"two inputs, {n}");
            three.ShouldHaveTheBitsOf(expected3, $"three inputs, {n}");
        }
    }

    [Fact]
    public void The_result_may_be_any_of_the_inputs()
    {
        foreach (int n in LaneSamples.Lengths)
        {
            float[] x = LaneSamples.Numbers(n, 1), y = LaneSamples.Numbers(n, 2);
            float[] expected = [.. x.Zip(y, (a, b) => a - b)], left = [.. x], right = [.. y];
            Elementwise.Map(new Minus(), left, y, left);
            Elementwise.Map(new Minus(), x, right, right);
            left.ShouldHaveTheBitsOf(expected);
            right.ShouldHaveTheBitsOf(expected);
        }
    }

    [Fact]
    public void A_value_has_the_same_result_wherever_it_stands()
    {
        float value = 0.7310586f, expected = VectorMath.Exp(Vector512.Create(value))[0];
        for (int n = 1; n <= 70; n++)
        {
            float[] x = new float[n], y = new float[n];
            Array.Fill(x, value);
            Elementwise.Map(new Exp(), x, y);
            y.Should().AllBeEquivalentTo(expected);
        }
    }

    [Fact]
    public void A_result_or_an_operand_that_is_too_short_throws_before_anything_is_written()
    {
        float[] five = new float[5], four = new float[4];
        ((Action)(() => Elementwise.Map(new Affine(1), five, four))).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => Elementwise.Map(new Minus(), five, four, five))).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => Elementwise.MapBroadcast(new Minus(), five, [1], four, [1], five, [5]))).Should().Throw<ArgumentOutOfRangeException>();
    }

    public static TheoryData<int[], int[], int[]> Broadcasts => new()
    {
        { [], [], [] },
        { [1], [1], [1] },
        { [70], [1], [0] },
        { [70], [0], [1] },
        { [37], [0], [0] },
        { [8, 10], [10, 1], [0, 1] },
        { [8, 10], [0, 1], [10, 1] },
        { [9, 33], [33, 1], [1, 0] },
        { [9, 33], [1, 0], [0, 1] },
        { [300, 200], [200, 1], [0, 1] },
        { [300, 200], [200, 1], [1, 0] },
        { [50_000, 3], [3, 1], [0, 1] },
        { [17, 19], [1, 17], [19, 1] },
        { [300, 300], [1, 300], [300, 1] },
        { [4, 5, 6], [30, 6, 1], [6, 0, 1] },
        { [4, 5, 6], [30, 6, 1], [0, 1, 0] },
        { [4, 5, 6], [0, 6, 1], [5, 1, 0] },
        { [2, 3, 1, 4, 1, 5], [60, 20, 20, 5, 5, 1], [0, 4, 0, 1, 0, 0] },
        { [2, 1, 2, 1, 2, 1, 2, 1, 2, 1], [16, 0, 8, 0, 4, 0, 2, 0, 1, 0], [0, 0, 4, 0, 0, 0, 2, 0, 0, 0] },
        { [600, 1, 100], [100, 100, 1], [0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Broadcasts))]
    public void A_broadcast_equals_the_loop_over_all_indices(int[] dims, int[] xStrides, int[] yStrides)
    {
        int n = dims.Aggregate(1, (a, b) => a * b);
        float[] x = LaneSamples.Numbers(1 + dims.Zip(xStrides, (d, s) => (d - 1) * s).Sum(), 1);
        float[] y = LaneSamples.Numbers(1 + dims.Zip(yStrides, (d, s) => (d - 1) * s).Sum(), 2);
        float[] expected = new float[n], actual = new float[n];
        for (int i = 0; i < n; i++)
        {
            int rest = i, xi = 0, yi = 0;
            for (int d = dims.Length - 1; d >= 0; d--)
            {
                (rest, int index) = Math.DivRem(rest, dims[d]);
                xi += index * xStrides[d];
                yi += index * yStrides[d];
            }

            expected[i] = x[xi] - y[yi];
        }

        Elementwise.MapBroadcast(new Minus(), x, xStrides, y, yStrides, actual, dims);
        actual.ShouldHaveTheBitsOf(expected);
    }

    [Fact]
    public void A_broadcast_of_rank_a_hundred_works()
    {
        // 97 dimensions of 1 around 2 × 1 × 3: no fixed maximum of dimensions.
        int[] dims = new int[100], strides = new int[100], zeros = new int[100];
        Array.Fill(dims, 1);
        (dims[10], dims[90], strides[10], strides[90]) = (2, 3, 3, 1);
        float[] result = new float[6];
        Elementwise.MapBroadcast(new Minus(), [1, 2, 3, 4, 5, 6], strides, [1], zeros, result, dims);
        result.Should().Equal(0, 1, 2, 3, 4, 5);
    }

    [Fact]
    public void A_broadcast_of_many_dimensions_that_do_not_join_works()
    {
        int[] dims = new int[14], xStrides = new int[14], yStrides = new int[14];
        Array.Fill(dims, 2);
        for (int d = 0; d < 14; d++) (xStrides[d], yStrides[d]) = d % 2 == 0 ? (1 << (d / 2), 0) : (0, 1 << (d / 2));
        A_broadcast_equals_the_loop_over_all_indices(dims, xStrides, yStrides);
    }

    [Collection("Threads")]
    public sealed class Threads
    {
        [Fact]
        public void Bits_do_not_depend_on_the_number_of_threads()
        {
            float[] x = LaneSamples.Numbers(100_001, 1), y = LaneSamples.Numbers(100_001, 2);
            var (one, three) = LaneSamples.WithOneAndThreeThreads(() =>
            {
                float[] result = new float[100_001];
                Elementwise.Map(new Exp(), x, result);
                Elementwise.Map(new Minus(), result, y, result, accumulate: true);
                return result;
            });
            three.ShouldHaveTheBitsOf(one);
        }

        [Fact]
        public void Broadcast_bits_do_not_depend_on_the_number_of_threads()
        {
            float[] x = LaneSamples.Numbers(70_007 * 3, 1), y = LaneSamples.Numbers(3, 2);
            var (one, three) = LaneSamples.WithOneAndThreeThreads(() =>
            {
                float[] result = new float[70_007 * 3];
                Elementwise.MapBroadcast(new Minus(), x, [3, 1], y, [0, 1], result, [70_007, 3]);
                return result;
            });
            three.ShouldHaveTheBitsOf(one);
        }

        [Fact]
        public void Nothing_is_allocated()
        {
            float[] x = new float[100_000], y = new float[100_000], z = new float[100];
            int[] dims = [1000, 100], repeated = [0, 1], whole = [100, 1];
            Allocations.Least(() =>
            {
                Elementwise.Map(new Exp(), x, y);
                Elementwise.MapBroadcast(new Minus(), x, whole, z, repeated, y, dims);
            }).Should().Be(0);
        }
    }

    /// <summary>−x·y + z, so that exchanged operands show.</summary>
    private readonly struct Slope : ITernary
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y, Vector512<float> z) => z - x * y;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Along_an_axis_an_operand_without_it_is_repeated(bool accumulate)
    {
        foreach ((int outer, int axis, int inner) in new[] { (3, 37, 1), (1, 5, 1), (2, 4, 33), (0, 3, 1), (2, 0, 3), (1, 3, 0) })
        {
            int count = outer * axis * inner;
            float[] x = LaneSamples.Numbers(count, 1), y = LaneSamples.Numbers(outer * inner, 2), z = LaneSamples.Numbers(outer * inner, 3);
            float[] start = LaneSamples.Numbers(count, 4), spread = [.. start], mapped = [.. start], expectedSpread = [.. start], expectedMapped = [.. start];
            for (int at = 0; at < count; at++)
            {
                int of = at / (axis * inner) * inner + at % inner;
                expectedSpread[at] = (accumulate ? start[at] : 0f) + y[of] * 1.7f;
                expectedMapped[at] = (accumulate ? start[at] : 0f) + (z[of] - x[at] * y[of]);
            }

            Elementwise.Spread(new Affine(1.7f), y, spread, outer, axis, inner, accumulate);
            Elementwise.MapAlong(default(Slope), x, y, z, mapped, outer, axis, inner, accumulate);

            spread.ShouldHaveTheBitsOf(expectedSpread, $"[{outer}, {axis}, {inner}]");
            mapped.ShouldHaveTheBitsOf(expectedMapped, $"[{outer}, {axis}, {inner}]");
        }
    }
}
