using DeepLearning.Kernels;

namespace DeepLearning.Tests.Kernels;

public sealed class SoftmaxKernelTests
{
    /// <summary>Of e^(x − max): the difference rounds by up to 2⁻²⁴·|x − max| ≤ 2⁻²⁴·8, exp by 1 ULP, the quotient by half; relative to a result.</summary>
    private const double Error = 2e-6;

    public static TheoryData<int, int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int, int>();
            for (int axis = 1; axis <= 70; axis++) shapes.Add(3, axis, 1);
            foreach (var (outer, axis, inner) in new[]
                { (128, 10, 1), (2, 5003, 1), (900, 100, 1), (0, 5, 1), (2, 0, 1), (1, 1, 5), (2, 10, 3), (2, 7, 16), (3, 4, 65), (1, 300, 200), (5, 1000, 2) })
                shapes.Add(outer, axis, inner);
            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void All_four_functions_equal_the_double_loop(int outer, int axis, int inner)
    {
        int n = outer * axis * inner;
        float[] x = LaneSamples.Numbers(n, 1, 4f), dy = LaneSamples.Numbers(n, 2), start = LaneSamples.Numbers(n, 3);
        float[] y = new float[n], log = new float[n], dx = [.. start], dlog = [.. start];
        SoftmaxKernel.Softmax(x, y, outer, axis, inner);
        SoftmaxKernel.LogSoftmax(x, log, outer, axis, inner);
        SoftmaxKernel.SoftmaxBackward(y, dy, dx, outer, axis, inner, accumulate: true);
        SoftmaxKernel.LogSoftmaxBackward(log, dy, dlog, outer, axis, inner, accumulate: false);
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                int[] at = [.. Enumerable.Range(0, axis).Select(a => (o * axis + a) * inner + i)];
                if (axis == 0) continue;
                double max = at.Max(j => (double)x[j]), sum = at.Sum(j => Math.Exp(x[j] - max));
                double dot = at.Sum(j => (double)y[j] * dy[j]), total = at.Sum(j => (double)dy[j]);
                foreach (int j in at)
                {
                    double p = Math.Exp(x[j] - max) / sum, logP = x[j] - max - Math.Log(sum);
                    Check("softmax", j, y[j], p, Error * p);
                    Check("log-softmax", j, log[j], logP, Error * Math.Max(1, -logP));
                    Check("softmax backward", j, dx[j], start[j] + y[j] * (dy[j] - dot), 1e-6);
                    Check("log-softmax backward", j, dlog[j], dy[j] - Math.Exp(log[j]) * total, 1e-6 * Math.Max(1, Math.Abs(total)));
                }
            }
    }

    /// <summary>Layouts [rows, axis] and [axis, columns]: a vector of rows and a vector of columns.</summary>
    [Theory]
    [InlineData(3, true)]
    [InlineData(3, false)]
    [InlineData(40, true)]
    [InlineData(40, false)]
    public void Special_rows_have_their_exact_limits(int axis, bool rows)
    {
        const float inf = float.PositiveInfinity;
        float[] huge = Row(axis, -1e4f), empty = Row(axis, -inf), mixed = Row(axis, -inf), infinite = Row(axis, 1f);
        float[] nan = Row(axis, -inf), low = Row(axis, float.MinValue);
        huge[1] = 1e4f;
        mixed[1] = 5f;
        infinite[1] = inf;
        nan[1] = float.NaN;
        float[][] all = [huge, empty, mixed, infinite, nan, low];
        float[][] y = Run(all, axis, rows, SoftmaxKernel.Softmax), log = Run(all, axis, rows, SoftmaxKernel.LogSoftmax);

        y[0].Should().Equal(OneHot(axis, 1, 1f, 0f));
        log[0].Should().Equal(OneHot(axis, 1, 0f, -2e4f));
        y[1].Should().AllBeEquivalentTo(1f / axis);
        log[1].Should().OnlyContain(v => Math.Abs(v + Math.Log(axis)) < 1e-6);
        y[2].Should().Equal(OneHot(axis, 1, 1f, 0f));
        log[2].Should().Equal(OneHot(axis, 1, 0f, -inf));
        y[3].Should().OnlyContain(v => float.IsNaN(v));
        log[3].Should().OnlyContain(v => float.IsNaN(v));
        y[4].Should().OnlyContain(v => float.IsNaN(v));
        log[4].Should().OnlyContain(v => float.IsNaN(v));
        y[5].Should().AllBeEquivalentTo(1f / axis);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_log_of_a_confident_row_keeps_its_digits(bool rows)
    {
        // log(1 / (1 + 2·e⁻²⁰)) = −4.1e-9: a float sum of 1 + 4e-9 would lose it.
        float[] log = Run([[20f, 0f, 0f], [0f, 0f, 0f]], 3, rows, SoftmaxKernel.LogSoftmax)[0];
        double exact = -Math.Log(1 + 2 * Math.Exp(-20));
        ((double)log[0]).Should().BeApproximately(exact, 1e-6 * -exact);
    }

    [Fact]
    public void A_row_has_the_same_bits_wherever_it_stands_and_in_place()
    {
        float[] row = LaneSamples.Numbers(37, 8), x = [.. Enumerable.Repeat(row, 300).SelectMany(r => r)], y = new float[x.Length], alone = new float[37];
        SoftmaxKernel.Softmax(row, alone, 1, 37, 1);
        SoftmaxKernel.Softmax(x, y, 300, 37, 1);
        for (int r = 0; r < 300; r++) y[(r * 37)..(r * 37 + 37)].ShouldHaveTheBitsOf(alone);
        SoftmaxKernel.Softmax(x, x, 300, 37, 1);
        x.ShouldHaveTheBitsOf(y);
    }

    [Fact]
    public void A_span_that_is_too_short_throws()
        => ((Action)(() => SoftmaxKernel.Softmax(new float[6], new float[5], 2, 3, 1))).Should().Throw<ArgumentOutOfRangeException>();

    private static void Check(string name, int at, float actual, double expected, double tolerance)
    {
        if (!(Math.Abs(actual - expected) <= tolerance)) Assert.Fail($"{name} at {at}: {actual:R}, expected {expected:R} ± {tolerance:G3}");
    }

    private delegate void Kernel(ReadOnlySpan<float> x, Span<float> y, int outer, int axis, int inner);

    private static float[] Row(int axis, float value)
    {
        float[] row = new float[axis];
        Array.Fill(row, value);
        return row;
    }

    private static float[] OneHot(int axis, int place, float on, float off)
    {
        float[] row = Row(axis, off);
        row[place] = on;
        return row;
    }

    private static float[][] Run(float[][] all, int axis, bool rows, Kernel kernel)
    {
        int count = all.Length;
        float[] x = new float[count * axis], y = new float[count * axis];
        int At(int r, int a) => rows ? r * axis + a : a * count + r;
        for (int r = 0; r < count; r++)
            for (int a = 0; a < axis; a++) x[At(r, a)] = all[r][a];
        if (rows) kernel(x, y, count, axis, 1);
        else kernel(x, y, 1, axis, count);
        return [.. Enumerable.Range(0, count).Select(r => Enumerable.Range(0, axis).Select(a => y[At(r, a)]).ToArray())];
    }

    [Collection("Threads")]
    public sealed class Threads
    {
        [Theory]
        [InlineData(3000, 10, 1)]
        [InlineData(3, 30_000, 1)]
        [InlineData(1, 300, 200)]
        [InlineData(40, 20, 50)]
        public void Bits_do_not_depend_on_the_number_of_threads(int outer, int axis, int inner)
        {
            float[] x = LaneSamples.Numbers(outer * axis * inner, 1, 6f), dy = LaneSamples.Numbers(outer * axis * inner, 2);
            var (one, three) = LaneSamples.WithOneAndThreeThreads(() =>
            {
                float[] y = new float[x.Length], log = new float[x.Length], dx = new float[x.Length], dlog = new float[x.Length];
                SoftmaxKernel.Softmax(x, y, outer, axis, inner);
                SoftmaxKernel.LogSoftmax(x, log, outer, axis, inner);
                SoftmaxKernel.SoftmaxBackward(y, dy, dx, outer, axis, inner, false);
                SoftmaxKernel.LogSoftmaxBackward(log, dy, dlog, outer, axis, inner, false);
                return (float[])[.. y, .. log, .. dx, .. dlog];
            });
            three.ShouldHaveTheBitsOf(one);
        }
    }
}
