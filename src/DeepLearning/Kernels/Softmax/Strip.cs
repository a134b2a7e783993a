using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>
/// The values that a softmax runs over, as vectors of 16 lanes. Either the lanes of all vectors belong to one row, or each lane is its own column:
/// a formula written over strips serves both.
/// </summary>
internal unsafe interface IStrip
{
    /// <summary>Values that belong together.</summary>
    nint Axis { get; }

    /// <summary>Number of vectors.</summary>
    nint Vectors { get; }

    /// <summary>
    /// Vector <paramref name="v"/> of the strip that starts at <paramref name="origin"/>, with <paramref name="fill"/> in unused lanes.
    /// </summary>
    Vector512<float> Load(float* origin, nint v, Vector512<float> fill);

    void Store(Vector512<float> value, float* origin, nint v);

    /// <summary>In each lane the largest of the lanes that belong together; NaN if one is NaN.</summary>
    static abstract Vector512<float> Max(Vector512<float> lanes);

    /// <summary>In each lane the sum of the lanes that belong together.</summary>
    static abstract (Vector512<double> Low, Vector512<double> High) Sum(Vector512<double> low, Vector512<double> high);
}

/// <summary>One contiguous row: value i is lane i mod 16 of vector i / 16; lanes fold by the tree of <see cref="Lanes"/>.</summary>
internal readonly unsafe struct RowStrip(nint length) : IStrip
{
    public nint Axis => length;

    public nint Vectors => (length + Lanes.Count - 1) / Lanes.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Load(float* origin, nint v, Vector512<float> fill)
    {
        nint rest = length - v * Lanes.Count;
        float* at = origin + v * Lanes.Count;
        return rest >= Lanes.Count ? Vector512.Load(at) : Lanes.Load(at, rest, fill);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Vector512<float> value, float* origin, nint v)
    {
        nint rest = length - v * Lanes.Count;
        float* at = origin + v * Lanes.Count;
        if (rest >= Lanes.Count) value.Store(at);
        else Lanes.Store(value, at, rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Max(Vector512<float> lanes) => Vector512.Create(Lanes.Max(lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<double> Low, Vector512<double> High) Sum(Vector512<double> low, Vector512<double> high)
    {
        Vector512<double> total = Vector512.Create(Lanes.Sum(low, high));
        return (total, total);
    }
}

/// <summary>Up to 16 neighbouring columns of [axis, inner]: vector a is row a, each lane on its own.</summary>
internal readonly unsafe struct ColumnStrip(nint axis, nint inner, nint columns) : IStrip
{
    public nint Axis => axis;

    public nint Vectors => axis;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Load(float* origin, nint v, Vector512<float> fill)
        => columns == Lanes.Count ? Vector512.Load(origin + v * inner) : Lanes.Load(origin + v * inner, columns, fill);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Vector512<float> value, float* origin, nint v)
    {
        if (columns == Lanes.Count) value.Store(origin + v * inner);
        else Lanes.Store(value, origin + v * inner, columns);
    }

    public static Vector512<float> Max(Vector512<float> lanes) => lanes;

    public static (Vector512<double> Low, Vector512<double> High) Sum(Vector512<double> low, Vector512<double> high) => (low, high);
}
