namespace DeepLearning.Tests.Losses;

public sealed class LogCoshTests
{
    [Fact]
    public void Small_errors_keep_their_digits()
    {
        foreach (float size in (float[])[1e-15f, 1e-6f, 1e-5f, 1e-4f, 1e-3f, 1e-2f, 0.1f, 0.3f, 0.45f, 0.4999999f, 0.5f, 0.6f, 1f, 3f, 20f, 1e30f])
            foreach (float e in (float[])[size, -size])
            {
                double expected = Exact(e), loss = DeepLearning.Losses.LogCosh(Tensor.From([e], [1, 1]), Tensor.Zeros([1, 1])).ToScalar();
                loss.Should().BeApproximately(expected, 1e-6 * expected, $"e {e}");
            }
    }

    [Fact]
    public void No_error_costs_nothing_and_NaN_stays_NaN()
    {
        new LogCosh().PerSample(Tensor.From([0f, float.NaN], [2, 1]), Tensor.Zeros([2, 1])).ToArray().Should().Equal(0f, float.NaN);
    }

    /// <summary>log cosh e = ½·log(1 + sinh² e), in double; where 1 + s has lost s, s − s²/2 + s³/3.</summary>
    private static double Exact(double e)
    {
        if (Math.Abs(e) > 20) return Math.Abs(e) - Math.Log(2);
        double s = Math.Abs(e) < 1e-2 ? e + e * e * e / 6 + Math.Pow(e, 5) / 120 : Math.Sinh(e);
        s *= s;
        return 0.5 * (s < 1e-3 ? s - s * s / 2 + s * s * s / 3 - s * s * s * s / 4 : Math.Log(1 + s));
    }
}
