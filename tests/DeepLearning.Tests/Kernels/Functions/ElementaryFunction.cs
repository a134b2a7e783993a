using System.Runtime.Intrinsics;
using DeepLearning.Kernels;
using MathNet.Numerics;

namespace DeepLearning.Tests.Kernels;

/// <summary>A function of <see cref="VectorMath"/> with its oracle in double and the error that its documentation states, in ULP.</summary>
/// <remarks>Shared with the command <c>ulp</c> of DeepLearning.Benchmarks, which goes over all floats.</remarks>
internal sealed record ElementaryFunction(string Name, Func<Vector512<float>, Vector512<float>> Kernel, Func<float, double> Oracle, double Bound)
{
    public static ElementaryFunction[] All { get; } =
    [
        new("Exp", VectorMath.Exp, x => Math.Exp(x), 1.1),
        new("Expm1", VectorMath.Expm1, x => Expm1(x), 1.5),
        new("Log", VectorMath.Log, x => Math.Log(x), 1.0),
        new("Log1p", VectorMath.Log1p, x => Log1p(x), 1.5),
        new("Tanh", VectorMath.Tanh, x => Math.Tanh(x), 1.5),
        new("Sigmoid", VectorMath.Sigmoid, x => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-(double)x)), 1.75),
        new("Gelu", VectorMath.Gelu, x => x < -40 ? -0.0 : x * 0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2)), 0.6),
        // A function of a 32-bit word, here the float's bits.
        new("CosTurn", x => VectorMath.CosTurn(x.AsUInt32()), x => CosTurn(BitConverter.SingleToInt32Bits(x)), 3.0),
    ];

    /// <summary>The functions of a float: the others have no special values.</summary>
    public static IEnumerable<ElementaryFunction> OfFloats => All[..^1];

    public static ElementaryFunction Named(string name) => All.Single(f => f.Name == name);

    public override string ToString() => Name;

    /// <summary>|y − exact| in units of the float grid at the exact value; 0 where both are the same infinity or NaN.</summary>
    public static double UlpError(float y, double exact)
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

    /// <summary>cos 2πt as sin 2π(¼ − |t|): the difference is exact, so that the zeros are too.</summary>
    private static double CosTurn(int word) => Math.Sin(2 * Math.PI * (0.25 - Math.Abs((double)word) / 4294967296.0));
}
