namespace DeepLearning.Tests.Support;

/// <summary>Comparisons of many numbers that report the worst one.</summary>
internal static class TensorAssertions
{
    /// <summary>|actual − expected| ≤ tolerance·max(1, |expected|) for every element; NaN and infinities only equal themselves.</summary>
    public static void ShouldBeCloseTo(this Tensor actual, IReadOnlyList<double> expected, double tolerance, string because = "")
        => actual.ToArray().ShouldBeCloseTo(expected, tolerance, because);

    /// <inheritdoc cref="ShouldBeCloseTo(Tensor, IReadOnlyList{double}, double, string)"/>
    public static void ShouldBeCloseTo(this Tensor actual, float[] expected, double tolerance, string because = "")
        => actual.ToArray().ShouldBeCloseTo([.. expected.Select(v => (double)v)], tolerance, because);

    /// <inheritdoc cref="ShouldBeCloseTo(Tensor, IReadOnlyList{double}, double, string)"/>
    public static void ShouldBeCloseTo(this IReadOnlyList<float> actual, IReadOnlyList<double> expected, double tolerance, string because = "")
    {
        actual.Count.Should().Be(expected.Count, because);
        int worst = -1;
        double worstError = tolerance;
        for (int i = 0; i < actual.Count; i++)
        {
            if (actual[i].Equals((float)expected[i])) continue;
            double error = Math.Abs(actual[i] - expected[i]) / Math.Max(1, Math.Abs(expected[i]));
            if (error <= worstError) continue;
            worst = i;
            worstError = double.IsNaN(error) ? double.PositiveInfinity : error;
        }

        if (worst >= 0) Assert.Fail($"{because} element {worst}: expected {expected[worst]:R}, got {actual[worst]:R}; error {worstError:G3}, allowed {tolerance:G3}.");
    }
}
