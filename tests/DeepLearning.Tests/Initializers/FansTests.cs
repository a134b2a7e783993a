namespace DeepLearning.Tests.Initializers;

public sealed class FansTests
{
    /// <summary>Figures of Keras 3's <c>compute_fans</c>: the places of a kernel count for both sides.</summary>
    [Theory]
    [InlineData(new int[0], 1, 1)]
    [InlineData(new[] { 6 }, 6, 6)]
    [InlineData(new[] { 5, 7 }, 5, 7)]
    [InlineData(new[] { 3, 5, 7 }, 15, 21)]
    [InlineData(new[] { 3, 3, 16, 32 }, 144, 288)]
    [InlineData(new[] { 2, 3, 4, 5, 6 }, 120, 144)]
    [InlineData(new[] { 3, 0, 7 }, 0, 21)]
    [InlineData(new[] { 3, 5, 0 }, 15, 0)]
    public void FoundT16_the_fans_of_a_kernel_are_those_of_Keras(int[] shape, int fanIn, int fanOut)
        => Probe.Of(new Shape(shape)).Should().Be((fanIn, fanOut));

    [Fact]
    public void FoundT16_a_rank_3_kernel_is_spread_by_its_receptive_field()
    {
        var values = new float[3 * 5 * 7];
        new GlorotUniform().Fill(values, [3, 5, 7], new RandomStream(1));
        // √(6 / (15 + 21)) = 0.408; with 15 and 7 it would be 0.522.
        values.Max(MathF.Abs).Should().BeInRange(0.38f, 0.40825f);
        var wide = new float[3 * 5 * 4000];
        new VarianceScaling { Mode = FanMode.FanOut, Distribution = VarianceScalingDistribution.Normal }.Fill(wide, [3, 5, 4000], new RandomStream(1));
        // Variance 1 / 12000; the estimate from 60,000 draws is within 2 %.
        (wide.Sum(v => (double)v * v) / wide.Length * 12000).Should().BeApproximately(1, 0.02);
    }

    private sealed class Probe : Initializer
    {
        public static (int FanIn, int FanOut) Of(Shape shape) => Fans(shape);

        public override void Fill(Span<float> values, Shape shape, RandomStream random) { }
    }
}
