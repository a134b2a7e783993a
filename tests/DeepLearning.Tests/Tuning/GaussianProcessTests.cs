using MathNet.Numerics.Integration;

namespace DeepLearning.Tests.Tuning;

public sealed class GaussianProcessTests
{
    [Fact]
    public void It_passes_through_smooth_observations_and_doubts_what_is_far_from_them()
    {
        double[][] points = [.. Enumerable.Range(0, 9).Select(i => new[] { i / 16.0 })];
        double[] values = [.. points.Select(p => Math.Sin(6 * p[0]))];
        GaussianProcess process = GaussianProcess.Fit(points, values);
        for (int i = 0; i < 9; i++) process.Predict(points[i]).Mean.Should().BeApproximately(values[i], 1e-3);
        process.Predict([3 / 32.0]).Mean.Should().BeApproximately(Math.Sin(6 * 3 / 32.0), 0.01);
        process.Predict([1.0]).Deviation.Should().BeGreaterThan(5 * process.Predict([0.25]).Deviation);
    }

    [Fact]
    public void Equal_observations_predict_their_value()
        => GaussianProcess.Fit([[0.1], [0.9]], [2, 2]).Predict([0.5]).Mean.Should().BeApproximately(2, 1e-9);

    [Theory]
    [InlineData(0, 0.5, 1)]
    [InlineData(0, -2, 0.3)]
    [InlineData(1, 1, 2)]
    public void Expected_improvement_is_the_integral_of_what_lies_below_the_lowest(double lowest, double mean, double deviation)
    {
        double density(double y) => Math.Exp(-0.5 * Math.Pow((y - mean) / deviation, 2)) / (deviation * Math.Sqrt(2 * Math.PI));
        double integral = SimpsonRule.IntegrateComposite(y => (lowest - y) * density(y), mean - 12 * deviation, lowest, 20_000);
        GaussianProcess.ExpectedImprovement(lowest, mean, deviation).Should().BeApproximately(integral, 1e-9);
    }

    [Theory]
    [InlineData(0, -1, 1)]
    [InlineData(0, 1, 0)]
    public void Expected_improvement_without_doubt_is_the_difference(double lowest, double mean, double expected)
        => GaussianProcess.ExpectedImprovement(lowest, mean, 0).Should().Be(expected);
}
