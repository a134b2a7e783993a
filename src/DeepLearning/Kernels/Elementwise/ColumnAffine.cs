using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>
/// y[r, c] (+)= (x[r, c] − offset[c]) / scale[c], in double and rounded once: float32 would lose the digits that tell large, nearly equal numbers apart.
/// Eight columns at a time, the rest one by one; the same bits either way, since each value takes the same three rounded steps.
/// </summary>
internal static unsafe class ColumnAffine
{
    /// <summary>Over whole rows; no offset means zeros.</summary>
    public static void Invoke(ReadOnlySpan<float> x, Span<float> y, ReadOnlySpan<double> offset, ReadOnlySpan<double> scale, bool accumulate = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(y.Length, x.Length);
        int columns = scale.Length;
        if (x.IsEmpty) return;
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length % columns, 0);
        if (!offset.IsEmpty) ArgumentOutOfRangeException.ThrowIfNotEqual(offset.Length, columns);
        fixed (float* px = x, py = y)
        fixed (double* po = offset, ps = scale)
            for (nint row = 0; row < x.Length; row += columns) Row(px + row, py + row, po, ps, columns, accumulate);
    }

    private static void Row(float* x, float* y, double* offset, double* scale, nint columns, bool accumulate)
    {
        nint c = 0;
        for (; c <= columns - 8; c += 8)
        {
            Vector512<double> value = Vector512.WidenLower(Vector512.Create(Vector256.Load(x + c), Vector256<float>.Zero));
            if (offset != null) value -= Vector512.Load(offset + c);
            Vector256<float> result = Vector512.Narrow(value / Vector512.Load(scale + c), Vector512<double>.Zero).GetLower();
            (accumulate ? Vector256.Load(y + c) + result : result).Store(y + c);
        }

        for (; c < columns; c++)
        {
            float result = (float)((x[c] - (offset == null ? 0 : offset[c])) / scale[c]);
            y[c] = accumulate ? y[c] + result : result;
        }
    }
}
