using System.Runtime.Intrinsics;
using DeepLearning.Kernels;
using Xunit.Abstractions;

namespace DeepLearning.Tests.Kernels;

/// <summary>Errors against double in units in the last place (ULP), and the limits at the edges.</summary>
public sealed class VectorMathTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. ElementaryFunction.OfFloats.Select(f => f.Name)];

    public static TheoryData<string> AllNames => [.. ElementaryFunction.All.Select(f => f.Name)];

    /// <summary>All floats are gone over by the command <c>ulp</c> of DeepLearning.Benchmarks.</summary>
    [Theory]
    [MemberData(nameof(AllNames))]
    public void A_sample_of_all_floats_stays_within_the_stated_error(string name)
    {
        ElementaryFunction function = ElementaryFunction.Named(name);
        (double error, float at) = UlpSweep.Worst(function, 4099);
        output.WriteLine($"{name}: worst {error:F3} ULP at {at:R}");
        error.Should().BeLessThanOrEqualTo(function.Bound, "the worst is at {0:R}", at);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Special_values_have_their_exact_limits(string name)
    {
        (_, Func<Vector512<float>, Vector512<float>> kernel, Func<float, double> oracle, double bound) = ElementaryFunction.Named(name);
        float[] specials =
        [
            0f, -0f, float.Epsilon, -float.Epsilon, 1.17549421e-38f, 1.17549435e-38f, -1.17549435e-38f, 1e-20f, -1e-20f, 0.5f, 1f, -1f, 2f, -2f,
            88f, 88.7228394f, 88.7228470f, 89f, -87.33655f, -87.4f, -103.9f, -103.972f, -103.973f, -104f, -150f, 1e4f, -1e4f,
            float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN, -0.99999994f, MathF.BitDecrement(-1f),
        ];
        foreach (float x in specials)
        {
            float y = kernel(Vector512.Create(x))[7];
            ElementaryFunction.UlpError(y, oracle(x)).Should().BeLessThanOrEqualTo(bound, "{0}({1:R}) came out as {2:R}", name, x, y);
            if (x == 0 && oracle(0) == 0 && name != "Log") float.IsNegative(y).Should().Be(float.IsNegative(x), "{0} keeps the sign of zero", name);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_lane_does_not_know_its_neighbours(string name)
    {
        Func<Vector512<float>, Vector512<float>> kernel = ElementaryFunction.Named(name).Kernel;
        float[] x = [.. Enumerable.Range(0, 16).Select(i => i % 3 == 0 ? float.NaN : (i - 8) * 13.7f)];
        Vector512<float> y = kernel(Vector512.Create<float>(x));
        for (int i = 0; i < 16; i++) BitConverter.SingleToInt32Bits(kernel(Vector512.Create(x[i]))[i]).Should().Be(BitConverter.SingleToInt32Bits(y[i]));
    }

    [Fact]
    public void Sigmoid_of_large_negative_values_goes_down_through_the_denormals()
    {
        VectorMath.Sigmoid(Vector512.Create(-100f))[0].Should().Be((float)Math.Exp(-100));
        VectorMath.Sigmoid(Vector512.Create(-1e4f))[0].Should().Be(0f);
        VectorMath.Sigmoid(Vector512.Create(1e4f))[0].Should().Be(1f);
    }

    [Fact]
    public void The_cosine_of_a_turn_is_exact_at_the_quarters_and_the_sine_is_the_cosine_a_quarter_before()
    {
        VectorMath.CosTurn(Vector512.Create(0u))[0].Should().Be(1f);
        VectorMath.CosTurn(Vector512.Create(1u << 30))[0].Should().Be(0f);
        VectorMath.CosTurn(Vector512.Create(1u << 31))[0].Should().Be(-1f);
        VectorMath.SinTurn(Vector512.Create(3u << 30))[0].Should().Be(-1f);
        float sine = VectorMath.SinTurn(Vector512.Create(123456789u))[0];
        sine.Should().BeApproximately((float)Math.Sin(2 * Math.PI * 123456789 / 4294967296), 5e-8f, "3 ULP at 0.18");
    }
}
