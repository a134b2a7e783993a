using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <content>
/// The loops over [outer, axis, inner] with operands that have no axis: <c>for each o, a, i: result[o, a, i] (+)= f(…, y[o, i])</c>. Along a row
/// (inner = 1) the operand is one number in all lanes; otherwise lane l is column i + l, and each a is a separate map.
/// </content>
internal static unsafe partial class Elementwise
{
    /// <summary>result[o, a, i] (+)= f(y[o, i]): a value for each place of an axis that a reduction took away.</summary>
    public static void Spread<TOp>(TOp op, ReadOnlySpan<float> y, Span<float> result, int outer, int axis, int inner, bool accumulate = false)
        where TOp : struct, IUnary
    {
        for (int o = 0, at = 0; o < outer; o++)
        {
            if (inner == 1)
            {
                Span<float> row = result.Slice(o * axis, axis);
                Vector512<float> value = op.Invoke(Vector512.Create(y[o]));
                if (accumulate) Map(new Constant(value), row, row, accumulate: true);
                else row.Fill(value.ToScalar());
                continue;
            }

            for (int a = 0; a < axis; a++, at += inner) Map(op, y.Slice(o * inner, inner), result.Slice(at, inner), accumulate);
        }
    }

    /// <summary>result[o, a, i] (+)= f(x[o, a, i], y[o, i], z[o, i]).</summary>
    public static void MapAlong<TOp>(
        TOp op, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> z, Span<float> result, int outer, int axis, int inner, bool accumulate = false)
        where TOp : struct, ITernary
    {
        for (int o = 0, at = 0; o < outer; o++)
        {
            if (inner == 1)
            {
                var row = new FixedPair<TOp>(op, y[o], z[o]);
                Map(row, x.Slice(o * axis, axis), result.Slice(o * axis, axis), accumulate);
                continue;
            }

            for (int a = 0; a < axis; a++, at += inner)
                Map(op, x.Slice(at, inner), y.Slice(o * inner, inner), z.Slice(o * inner, inner), result.Slice(at, inner), accumulate);
        }
    }

    private readonly struct Constant(Vector512<float> value) : IUnary
    {
        public Vector512<float> Invoke(Vector512<float> x) => value;
    }

    private readonly struct FixedPair<TOp>(TOp op, float y, float z) : IUnary where TOp : struct, ITernary
    {
        public Vector512<float> Invoke(Vector512<float> x) => op.Invoke(x, Vector512.Create(y), Vector512.Create(z));
    }
}
