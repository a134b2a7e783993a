using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <content>
/// The two functions. Equals, for each row, <c>m = max x; s = Σ e^(x[i] − m); y[i] = e^(x[i] − m) / s</c>, or <c>y[i] = x[i] − m − log s</c>: three passes over
/// the vectors of a strip, s in double, lanes beyond the row −∞.
/// </content>
internal static unsafe partial class SoftmaxKernel
{
    /// <summary>The largest value, and a mask of the lanes whose values are −∞ throughout, where 0 is used as the largest.</summary>
    internal static Vector512<float> Largest<TStrip>(TStrip strip, float* x, out Vector512<float> empty) where TStrip : struct, IStrip
    {
        Vector512<float> lowest = Vector512.Create(float.NegativeInfinity), max = lowest;
        for (nint v = 0; v < strip.Vectors; v++) max = Vector512.Max(max, strip.Load(x, v, lowest));
        max = TStrip.Max(max);
        empty = Vector512.Equals(max, lowest);
        return Vector512.AndNot(max, empty);
    }

    private readonly struct SoftmaxFormula : IFormula
    {
        public static void Run<TStrip>(TStrip strip, float* x, float* b, float* y, bool accumulate) where TStrip : struct, IStrip
        {
            Vector512<float> max = Largest(strip, x, out Vector512<float> empty), lowest = Vector512.Create(float.NegativeInfinity);
            Vector512<double> low = Vector512<double>.Zero, high = low;
            Vector512<float> e = default;
            // The last vector stays in a register: for a short row that saves the way through memory.
            nint last = strip.Vectors - 1;
            for (nint v = 0; v <= last; v++)
            {
                e = VectorMath.Exp(strip.Load(x, v, lowest) - max);
                low += Vector512.WidenLower(e);
                high += Vector512.WidenUpper(e);
                if (v < last) strip.Store(e, y, v);
            }

            (low, high) = TStrip.Sum(low, high);
            Vector512<float> sum = Vector512.Narrow(low, high), uniform = Vector512.Create(1f / strip.Axis);
            for (nint v = 0; v < last; v++) strip.Store(Vector512.ConditionalSelect(empty, uniform, strip.Load(y, v, lowest) / sum), y, v);
            strip.Store(Vector512.ConditionalSelect(empty, uniform, e / sum), y, last);
        }
    }

    private readonly struct LogSoftmaxFormula : IFormula
    {
        public static void Run<TStrip>(TStrip strip, float* x, float* b, float* y, bool accumulate) where TStrip : struct, IStrip
        {
            Vector512<float> max = Largest(strip, x, out Vector512<float> empty), lowest = Vector512.Create(float.NegativeInfinity);
            Vector512<double> low = Vector512<double>.Zero, high = low;
            for (nint v = 0; v < strip.Vectors; v++)
            {
                Vector512<float> e = VectorMath.Exp(strip.Load(x, v, lowest) - max);
                low += Vector512.WidenLower(e);
                high += Vector512.WidenUpper(e);
            }

            // The largest value's own term is 1: what the others add to it keeps its digits even where it is tiny.
            (low, high) = TStrip.Sum(low, high);
            Vector512<float> log = VectorMath.Log1p(Vector512.Narrow(low - Vector512<double>.One, high - Vector512<double>.One));
            Vector512<float> uniform = empty == Vector512<float>.Zero ? empty : -VectorMath.Log(Vector512.Create((float)strip.Axis));
            for (nint v = 0; v < strip.Vectors; v++)
                strip.Store(Vector512.ConditionalSelect(empty, uniform, strip.Load(x, v, lowest) - max - log), y, v);
        }
    }
}
