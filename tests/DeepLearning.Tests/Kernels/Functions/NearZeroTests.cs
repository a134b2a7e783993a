using DeepLearning.Kernels;

namespace DeepLearning.Tests.Kernels.Functions;

public sealed class NearZeroTests
{
    [Theory]
    [InlineData(1e-3)]
    [InlineData(-1e-5)]
    [InlineData(1e-9)]
    [InlineData(-1e-12)]
    [InlineData(1e-17)]
    [InlineData(0)]
    public void Near_0_they_are_their_series(double x)
    {
        // The next terms are below 1e-18 of x.
        double log = x * (1 - x * (1 / 2.0 - x * (1 / 3.0 - x * (1 / 4.0 - x * (1 / 5.0 - x / 6)))));
        double exp = x * (1 + x * (1 / 2.0 + x * (1 / 6.0 + x * (1 / 24.0 + x * (1 / 120.0 + x / 720)))));
        NearZero.Log1p(x).Should().BeApproximately(log, 1e-15 * Math.Abs(x));
        NearZero.Expm1(x).Should().BeApproximately(exp, 1e-15 * Math.Abs(x));
    }

    [Theory]
    [InlineData(-0.999)]
    [InlineData(0.5)]
    [InlineData(100)]
    [InlineData(700)]
    public void Elsewhere_they_are_the_formula(double x)
    {
        NearZero.Log1p(x).Should().BeApproximately(Math.Log(1 + x), 1e-14 * Math.Abs(Math.Log(1 + x)));
        NearZero.Expm1(x).Should().BeApproximately(Math.Exp(x) - 1, 1e-14 * Math.Abs(Math.Exp(x) - 1));
    }

    [Fact]
    public void Numbers_of_any_size_have_a_result()
    {
        NearZero.Log1p(double.MaxValue).Should().BeApproximately(Math.Log(double.MaxValue), 1e-12);
        NearZero.Expm1(-1000).Should().Be(-1);
        NearZero.Expm1(-40).Should().Be(-1);
        NearZero.Expm1(1000).Should().Be(double.PositiveInfinity);
    }
}
