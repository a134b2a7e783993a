using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>
/// w[o, a, i] *= f(√Σₐ w[o, a, i]²) over a span seen as [outer, axis, inner]. Squares are summed in double: a row (inner = 1) in the order of
/// <see cref="Reductions.Dot"/>, else lane l is column i + l and goes down the axis in ascending order; the norm is rounded to float once. Tails are padded.
/// On one thread, which is as fast as memory for the sizes that parameters have.
/// </summary>
internal static unsafe class NormScaling
{
    /// <param name="factor">What a stretch is multiplied by, of its norm.</param>
    /// <param name="w">The values; changed in place.</param>
    /// <param name="outer">Stretches one after another.</param>
    /// <param name="axis">Values that one norm is of.</param>
    /// <param name="inner">Stretches side by side.</param>
    public static void Run<TFactor>(TFactor factor, Span<float> w, int outer, int axis, int inner) where TFactor : struct, IUnary
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(w.Length, outer * axis * inner);
        if (inner == 1)
        {
            for (int o = 0; o < outer; o++) Row(factor, w.Slice(o * axis, axis));
            return;
        }

        fixed (float* p = w)
            for (nint o = 0; o < outer; o++)
                for (nint i = 0; i < inner; i += Lanes.Count) Columns(factor, p + o * axis * inner + i, axis, inner, Math.Min(Lanes.Count, inner - i));
    }

    private static void Row<TFactor>(TFactor factor, Span<float> row) where TFactor : struct, IUnary
    {
        float scale = factor.Invoke(Vector512.Create((float)Math.Sqrt(Reductions.Dot(row, row))))[0];
        Elementwise.Map(new ScaledBy(scale), row, row);
    }

    private static void Columns<TFactor>(TFactor factor, float* w, nint rows, nint stride, nint count) where TFactor : struct, IUnary
    {
        Vector512<double> low = Vector512<double>.Zero, high = low;
        for (nint r = 0; r < rows; r++)
        {
            Vector512<float> x = Lanes.Load(w + r * stride, count);
            (Vector512<double> left, Vector512<double> right) = Vector512.Widen(x);
            low += left * left;
            high += right * right;
        }

        Vector512<float> scale = factor.Invoke(Vector512.Narrow(Vector512.Sqrt(low), Vector512.Sqrt(high)));
        for (nint r = 0; r < rows; r++) Lanes.Store(Lanes.Load(w + r * stride, count) * scale, w + r * stride, count);
    }
}
