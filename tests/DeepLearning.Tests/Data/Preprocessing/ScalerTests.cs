namespace DeepLearning.Tests.Data;

public sealed class ScalerTests
{
    // Rounding of the result to float32: half a unit in the last place of numbers near 1.
    private const float Tolerance = 1e-6f;

    [Fact]
    public void Standardised_columns_have_mean_0_and_variance_1()
    {
        Tensor x = Tensor.RandomNormal([500, 3], seed: 1, mean: 5f, standardDeviation: 3f), y = StandardScaler.Fit(x).Transform(x);
        for (int c = 0; c < 3; c++)
        {
            double[] column = [.. Enumerable.Range(0, 500).Select(r => (double)y[r, c])];
            double mean = column.Average();
            mean.Should().BeApproximately(0, Tolerance);
            column.Average(v => (v - mean) * (v - mean)).Should().BeApproximately(1, Tolerance);
        }
    }

    [Fact]
    public void Scalers_come_back_to_the_original_values()
    {
        Tensor x = Tensor.RandomUniform([20, 2, 2], seed: 2, -7f, 9f);
        Compare(StandardScaler.Fit(x) is var s ? s.Inverse(s.Transform(x)) : x, x);
        Compare(MinMaxScaler.Fit(x) is var m ? m.Inverse(m.Transform(x)) : x, x);

        static void Compare(Tensor actual, Tensor expected)
        {
            actual.Shape.Should().Equal(expected.Shape);
            for (int i = 0; i < expected.Count; i++) actual.AsSpan()[i].Should().BeApproximately(expected.AsSpan()[i], 10 * Tolerance);
        }
    }

    [Fact]
    public void Min_max_scaling_fills_0_to_1()
    {
        var scaler = MinMaxScaler.Fit(Tensor.From(new float[,] { { 2, -1 }, { 4, 1 }, { 3, 0 } }));
        scaler.Transform(Tensor.From(new float[,] { { 2, 1 }, { 3, 0 }, { 6, -1 } })).ToArray().Should().Equal(0, 1, 0.5f, 0.5f, 2, 0);
        (scaler.Minima[1], scaler.Ranges[1]).Should().Be((-1, 2));
    }

    [Fact]
    public void Fault14_A_constant_column_is_divided_by_1()
    {
        // 0.1 is no float, so a sloppy mean would leave a tiny variance and a huge scale.
        Tensor x = Tensor.Full([7, 1], 0.1f);
        var standard = StandardScaler.Fit(x);
        standard.StandardDeviations[0].Should().Be(1);
        standard.Transform(x).ToArray().Should().OnlyContain(v => v == 0f);
        var range = MinMaxScaler.Fit(x);
        range.Ranges[0].Should().Be(1);
        range.Transform(x).ToArray().Should().OnlyContain(v => v == 0f);
    }

    [Fact]
    public void Fault34_Large_nearly_equal_numbers_keep_their_variance()
    {
        // 2²⁴ − 4 … 2²⁴: variance ((−2)² + 0 + 2²)/3 around the middle; the squares alone are 2⁴⁸.
        Tensor x = Tensor.From([16777212f, 16777214f, 16777216f], [3, 1]);
        var scaler = StandardScaler.Fit(x);
        scaler.Means[0].Should().Be(16777214);
        scaler.StandardDeviations[0].Should().BeApproximately(Math.Sqrt(8.0 / 3), 1e-12);
        scaler.Transform(x)[0, 0].Should().BeApproximately(-2f / MathF.Sqrt(8f / 3f), Tolerance);
    }

    [Fact]
    public void Scalers_refuse_what_they_cannot_fit_or_transform()
    {
        FluentActions.Invoking(() => StandardScaler.Fit(Tensor.Zeros([0, 2]))).Should().Throw<ArgumentException>().WithMessage("*[0, 2]*");
        FluentActions.Invoking(() => MinMaxScaler.Fit(Tensor.From(1f, float.NaN))).Should().Throw<ArgumentException>().WithMessage("*row 1, column 0 is NaN*");
        FluentActions.Invoking(() => StandardScaler.Fit(Tensor.Ones([2, 3])).Transform(Tensor.Ones([2, 4])))
            .Should().Throw<ShapeMismatchException>().WithMessage("*3 columns*[2, 4]*");
        FluentActions.Invoking(() => StandardScaler.Fit((Tensor)null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void One_hot_rows_go_there_and_back()
    {
        OneHot.Encode([2, 0], 3).ToArray().Should().Equal(0, 0, 1, 1, 0, 0);
        OneHot.Decode(OneHot.Encode([2, 0, 1], 3)).Should().Equal(2, 0, 1);
        FluentActions.Invoking(() => OneHot.Encode([0, 3], 3)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*0 to 2, but row 1 has 3*");
        FluentActions.Invoking(() => OneHot.Encode([-1], 3)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => OneHot.Decode(Tensor.Zeros([3]))).Should().Throw<ShapeMismatchException>();
    }
}
