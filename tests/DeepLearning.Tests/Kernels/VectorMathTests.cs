using System.Runtime.Intrinsics;
using DeepLearning.Kernels;
using MathNet.Numerics;
using Xunit.Abstractions;

namespace DeepLearning.Tests.Kernels;

/// <summary>Errors against double in units in the last place (ULP), and the limits at the edges.</summary>
public sealed class VectorMathTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, (Func<Vector512<float>, Vector512<float>> Kernel, Func<double, double> Oracle, double Bound)> Functions = new()
    {
        ["Exp"] = (VectorMath.Exp, Math.Exp, 1.1),
        ["Expm1"] = (VectorMath.Expm1, Expm1, 1.5),
        ["Log"] = (VectorMath.Log, Math.Log, 1.0),
        ["Log1p"] = (VectorMath.Log1p, Log1p, 1.5),
        ["Tanh"] = (VectorMath.Tanh, Math.Tanh, 1.5),
        ["Sigmoid"] = (VectorMath.Sigmoid, x => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)), 1.75),
        ["Erf"] = (VectorMath.Erf, SpecialFunctions.Erf, 1.25),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_of_all_floats_stays_within_the_stated_error(string name) => Sweep(name, 4099);

    [SkippableTheory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Names))]
    public void Every_float_stays_within_the_stated_error(string name)
    {
        Skip.IfNot(Environment.GetEnvironmentVariable("DEEPLEARNING_LONG_TESTS") == "1", "set DEEPLEARNING_LONG_TESTS=1");
        Sweep(name, 1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Special_values_have_their_exact_limits(string name)
    {
        var (kernel, oracle, bound) = Functions[name];
        float[] specials =
        [
            0f, -0f, float.Epsilon, -float.Epsilon, 1.17549421e-38f, 1.17549435e-38f, -1.17549435e-38f, 1e-20f, -1e-20f, 0.5f, 1f, -1f, 2f, -2f,
            88f, 88.7228394f, 88.7228470f, 89f, -87.33655f, -87.4f, -103.9f, -103.972f, -103.973f, -104f, -150f, 1e4f, -1e4f,
            float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN, -0.99999994f, MathF.BitDecrement(-1f),
        ];
        foreach (float x in specials)
        {
            float y = kernel(Vector512.Create(x))[7];
            UlpError(y, oracle(x)).Should().BeLessThanOrEqualTo(bound, "{0}({1:R}) came out as {2:R}", name, x, y);
            if (x == 0 && oracle(0) == 0 && name != "Log") float.IsNegative(y).Should().Be(float.IsNegative(x), "{0} keeps the sign of zero", name);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_lane_does_not_know_its_neighbours(string name)
    {
        var kernel = Functions[name].Kernel;
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
    public void Cosine_and_sine_of_a_turn_stay_within_three_ulp()
    {
        double worst = 0;
        for (ulong w = 0; w <= uint.MaxValue; w += 65521)
        {
            // Away from its zeros cos(2πt) of the double argument is exact enough; at the zeros themselves the kernel must give 0.
            double angle = 2 * Math.PI * ((int)(uint)w / 4294967296.0);
            worst = Math.Max(worst, UlpError(VectorMath.CosTurn(Vector512.Create((uint)w))[0], Math.Cos(angle)));
            if (w != 0) worst = Math.Max(worst, UlpError(VectorMath.SinTurn(Vector512.Create((uint)w))[0], Math.Sin(angle)));
        }

        output.WriteLine($"worst {worst:F3} ULP");
        worst.Should().BeLessThan(3.0);
        VectorMath.CosTurn(Vector512.Create(0u))[0].Should().Be(1f);
        VectorMath.CosTurn(Vector512.Create(1u << 30))[0].Should().Be(0f);
        VectorMath.CosTurn(Vector512.Create(1u << 31))[0].Should().Be(-1f);
        VectorMath.SinTurn(Vector512.Create(3u << 30))[0].Should().Be(-1f);
    }

    private void Sweep(string name, long stride)
    {
        var (kernel, oracle, bound) = Functions[name];
        const int parts = 64;
        long span = (1L << 32) / parts;
        var worst = new (double Error, float At)[parts];
        Parallel.For(0, parts, part =>
        {
            Span<float> x = stackalloc float[16], y = stackalloc float[16];
            long first = (part * span + stride - 1) / stride * stride, end = (part + 1) * span;
            for (long bits = first; bits < end; bits += 16 * stride)
            {
                for (int i = 0; i < 16; i++) x[i] = BitConverter.UInt32BitsToSingle((uint)Math.Min(bits + i * stride, uint.MaxValue));
                kernel(Vector512.Create<float>(x)).CopyTo(y);
                for (int i = 0; i < 16; i++)
                {
                    double error = UlpError(y[i], oracle(x[i]));
                    if (error > worst[part].Error) worst[part] = (error, x[i]);
                }
            }
        });

        (double error, float at) = worst.MaxBy(w => w.Error);
        output.WriteLine($"{name}: worst {error:F3} ULP at {at:R}");
        error.Should().BeLessThanOrEqualTo(bound, "the worst is at {0:R}", at);
    }

    /// <summary>|y − exact| in units of the float grid at the exact value; 0 where both are the same infinity or NaN.</summary>
    private static double UlpError(float y, double exact)
    {
        float rounded = (float)exact;
        if (!float.IsFinite(rounded) || !float.IsFinite(y))
            return rounded.Equals(y) || (Math.Abs(exact) > 3.4028234e38 && Math.Abs(exact) < 3.4028240e38) ? 0 : double.PositiveInfinity;
        int exponent = exact == 0 ? -126 : Math.Max(Math.ILogB(exact), -126);
        return Math.Abs(y - exact) * BitConverter.UInt64BitsToDouble((ulong)(1023 - (exponent - 23)) << 52);
    }

    private static double Expm1(double x) => Math.Abs(x) < 1e-5 ? x + x * x / 2 + x * x * x / 6 : Math.Exp(x) - 1;

    private static double Log1p(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) || u <= 0 ? Math.Log(u) : Math.Log(u) * (x / (u - 1));
    }
}
