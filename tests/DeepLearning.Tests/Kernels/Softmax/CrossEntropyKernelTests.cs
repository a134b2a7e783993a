using DeepLearning.Kernels;

namespace DeepLearning.Tests.Kernels;

public sealed class CrossEntropyKernelTests
{
    /// <summary>Of a loss: the logits' differences round by up to 2⁻²⁴·8, exp and log by 1.5 ULP; relative to a loss of 1.</summary>
    private const double Error = 2e-6;

    public static TheoryData<int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int>();
            for (int classes = 1; classes <= 40; classes++) shapes.Add(19, classes);
            foreach (int rows in new[] { 0, 1, 2, 15, 16, 17, 33, 3000 }) shapes.Add(rows, 10);
            shapes.Add(2, 5003);
            shapes.Add(3, 0);
            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Losses_and_slopes_equal_the_double_loop(int rows, int classes)
    {
        float[] x = LaneSamples.Numbers(rows * classes, 1, 4f), t = Targets(rows, classes), dy = LaneSamples.Numbers(rows, 2);
        float[] losses = new float[rows], slopes = new float[rows * classes], start = LaneSamples.Numbers(rows * classes, 3), dx = [.. start];
        CrossEntropyKernel.Forward(x, t, losses, slopes, rows, classes);
        CrossEntropyKernel.Backward(slopes, dy, dx, rows, classes, accumulate: true);
        for (int r = 0; r < rows; r++)
        {
            int[] row = [.. Enumerable.Range(r * classes, classes)];
            double max = row.Length == 0 ? 0 : row.Max(i => (double)x[i]), sum = row.Sum(i => Math.Exp(x[i] - max)), total = row.Sum(i => (double)t[i]);
            double loss = -row.Sum(i => t[i] * (x[i] - max - Math.Log(sum)));
            losses[r].Should().BeApproximately((float)loss, (float)(Error * Math.Max(1, Math.Abs(loss))));
            foreach (int i in row)
            {
                double slope = Math.Exp(x[i] - max) / sum * total - t[i];
                slopes[i].Should().BeApproximately((float)slope, (float)(Error * Math.Max(1, total)));
                dx[i].Should().BeApproximately(start[i] + slopes[i] * dy[r], 1e-6f);
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(40)]
    public void Special_rows_have_their_limits(int classes)
    {
        const float inf = float.PositiveInfinity;
        float[] x = new float[5 * classes], t = new float[5 * classes], losses = new float[5], slopes = new float[5 * classes];
        for (int r = 0; r < 5; r++) t[r * classes] = 1f;
        x.AsSpan(0, classes).Fill(-inf);
        x[classes] = 1e4f;
        x[(2 * classes) + 1] = 1e4f;
        x[(3 * classes) + 1] = float.NaN;
        x[(4 * classes) + 1] = inf;
        CrossEntropyKernel.Forward(x, t, losses, slopes, 5, classes);
        losses[0].Should().BeApproximately(MathF.Log(classes), 1e-6f, "a row of −∞ stands for equal shares");
        slopes[0].Should().BeApproximately((1f / classes) - 1f, 1e-6f);
        slopes[1].Should().BeApproximately(1f / classes, 1e-6f);
        losses[1].Should().Be(0f);
        slopes[classes].Should().Be(0f);
        losses[2].Should().Be(1e4f);
        slopes.AsSpan(2 * classes, 2).ToArray().Should().Equal(-1f, 1f);
        foreach (int r in new[] { 3, 4 })
        {
            losses[r].Should().Be(float.NaN);
            slopes[(r * classes)..((r + 1) * classes)].Should().OnlyContain(slope => float.IsNaN(slope));
        }
    }

    [Fact]
    public void A_target_of_0_counts_for_nothing_even_where_the_probability_is_0()
    {
        float[] losses = new float[1], slopes = new float[2];
        CrossEntropyKernel.Forward([0f, float.NegativeInfinity], [1f, 0f], losses, slopes, 1, 2);
        losses.Should().Equal(0f);
        slopes.Should().Equal(0f, 0f);
    }

    [Fact]
    public void A_gradient_that_is_not_added_to_replaces_whatever_stood_there()
    {
        float[] dx = [float.NaN, 1f, 2f, 3f];
        CrossEntropyKernel.Backward([0.5f, -0.5f], [2f], dx, 1, 2, accumulate: false);
        dx.Should().Equal(1f, -1f, 2f, 3f);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(37)]
    public void A_rows_bits_depend_on_its_values_alone(int classes)
    {
        const int rows = 3000, row = 1234;
        float[] x = LaneSamples.Numbers(rows * classes, 1, 4f), t = Targets(rows, classes);
        float[] losses = new float[rows], slopes = new float[rows * classes], loss = new float[1], slope = new float[classes];
        CrossEntropyKernel.Forward(x, t, losses, slopes, rows, classes);
        CrossEntropyKernel.Forward(x.AsSpan(row * classes, classes), t.AsSpan(row * classes, classes), loss, slope, 1, classes);
        loss[0].Should().Be(losses[row]);
        slope.Should().Equal(slopes[(row * classes)..((row + 1) * classes)]);
    }

    [Fact]
    public void Too_little_room_is_refused()
        => ((Action)(() => CrossEntropyKernel.Forward(new float[6], new float[6], new float[2], new float[5], 2, 3))).Should().Throw<ArgumentOutOfRangeException>();

    /// <summary>Rows of shares in turn: a single 1, and a spread that sums to 1.</summary>
    private static float[] Targets(int rows, int classes)
    {
        var t = new float[rows * classes];
        for (int r = 0; r < rows && classes > 0; r++)
        {
            if (r % 2 == 0) t[(r * classes) + (r * 7 % classes)] = 1f;
            else t.AsSpan(r * classes, classes).Fill(1f / classes);
        }

        return t;
    }
}
