using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <content>
/// The two gradients, each from the function's result. Equals, for each row, <c>s = Σ dy[i]·y[i]; dx[i] (+)= y[i]·(dy[i] − s)</c>, or
/// <c>s = Σ dy[i]; dx[i] (+)= dy[i] − e^y[i]·s</c>: two passes over the vectors of a strip, s in double, lanes beyond the row 0.
/// A factor of 0 wins over a y of NaN: a row that is masked later gets no gradient.
/// </content>
internal static unsafe partial class SoftmaxKernel
{
    private readonly struct SoftmaxGradient : IFormula
    {
        public static void Run<TStrip>(TStrip strip, float* y, float* dy, float* dx, bool accumulate) where TStrip : struct, IStrip
        {
            Vector512<float> zero = Vector512<float>.Zero;
            Vector512<double> low = Vector512<double>.Zero, high = low;
            for (nint v = 0; v < strip.Vectors; v++)
            {
                Vector512<float> b = strip.Load(dy, v, zero), a = VectorMath.ZeroWins(strip.Load(y, v, zero), b);
                low = Vector512.MultiplyAddEstimate(Vector512.WidenLower(a), Vector512.WidenLower(b), low);
                high = Vector512.MultiplyAddEstimate(Vector512.WidenUpper(a), Vector512.WidenUpper(b), high);
            }

            (low, high) = TStrip.Sum(low, high);
            Vector512<float> dot = Vector512.Narrow(low, high);
            for (nint v = 0; v < strip.Vectors; v++)
            {
                Vector512<float> distance = strip.Load(dy, v, zero) - dot;
                Vector512<float> d = VectorMath.ZeroWins(strip.Load(y, v, zero) * distance, distance);
                strip.Store(accumulate ? strip.Load(dx, v, zero) + d : d, dx, v);
            }
        }
    }

    private readonly struct LogSoftmaxGradient : IFormula
    {
        public static void Run<TStrip>(TStrip strip, float* y, float* dy, float* dx, bool accumulate) where TStrip : struct, IStrip
        {
            Vector512<float> zero = Vector512<float>.Zero;
            Vector512<double> low = Vector512<double>.Zero, high = low;
            for (nint v = 0; v < strip.Vectors; v++)
            {
                Vector512<float> d = strip.Load(dy, v, zero);
                low += Vector512.WidenLower(d);
                high += Vector512.WidenUpper(d);
            }

            (low, high) = TStrip.Sum(low, high);
            Vector512<float> minusSum = -Vector512.Narrow(low, high);
            for (nint v = 0; v < strip.Vectors; v++)
            {
                Vector512<float> p = VectorMath.ZeroWins(VectorMath.Exp(strip.Load(y, v, zero)), minusSum);
                Vector512<float> d = Vector512.MultiplyAddEstimate(p, minusSum, strip.Load(dy, v, zero));
                strip.Store(accumulate ? strip.Load(dx, v, zero) + d : d, dx, v);
            }
        }
    }
}
