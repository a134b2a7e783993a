using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>16 lanes in double, 0–7 and 8–15, for sums whose rounding must not show.</summary>
internal struct DoubleLanes
{
    public Vector512<double> Low, High;

    public DoubleLanes(Vector512<float> x) => (Low, High) = Vector512.Widen(x);

    /// <summary>The sum of all lanes, by the tree of <see cref="Lanes"/>.</summary>
    public readonly double Sum => Lanes.Sum(Low, High);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(DoubleLanes x) => (Low, High) = (Low + x.Low, High + x.High);

    /// <summary>Adds x·y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(DoubleLanes x, DoubleLanes y)
        => (Low, High) = (Vector512.MultiplyAddEstimate(x.Low, y.Low, Low), Vector512.MultiplyAddEstimate(x.High, y.High, High));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly DoubleLanes Minus(DoubleLanes x) => new() { Low = Low - x.Low, High = High - x.High };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly DoubleLanes Minus(double x) => new() { Low = Low - Vector512.Create(x), High = High - Vector512.Create(x) };

    /// <summary>Lanes 0 … count − 1, the others 0.</summary>
    public readonly DoubleLanes First(nint count)
    {
        Vector512<double> index = Vector512<double>.Indices;
        return new()
        {
            Low = Vector512.ConditionalSelect(Vector512.LessThan(index, Vector512.Create((double)count)), Low, Vector512<double>.Zero),
            High = Vector512.ConditionalSelect(Vector512.LessThan(index, Vector512.Create((double)count - 8)), High, Vector512<double>.Zero),
        };
    }
}
