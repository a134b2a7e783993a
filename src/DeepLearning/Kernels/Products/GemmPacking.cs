using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DeepLearning.Kernels;

/// <summary>
/// Copies a slice of a matrix into a panel that the micro kernel reads front to back: for each p, <c>width</c> values side by
/// side; equals <c>panel[p·width + i] = i &lt; count ? op(source)[i, p] : 0</c>. The zeros make an edge tile a whole one.
/// </summary>
internal static unsafe class GemmPacking
{
    /// <summary>The values of one p lie side by side: op(source)[i, p] = source[p·stride + i].</summary>
    public static void Copy(float* source, nint stride, int count, int k, float* panel, int width)
    {
        if (count == width)
        {
            for (int p = 0; p < k; p++, source += stride, panel += width) CopyRow(source, panel, width);
            return;
        }

        for (int p = 0; p < k; p++, source += stride, panel += width)
        {
            new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(panel, count));
            new Span<float>(panel + count, width - count).Clear();
        }
    }

    /// <summary>
    /// The values of one i lie side by side: op(source)[i, p] = source[i·stride + p]. Works in square blocks, 8 × 8 where there are 8
    /// whole rows, else 4 × 4; 16 values of p at a time, which use up a cache line of each row. At most 3 values of p remain for scalars.
    /// </summary>
    public static void Transpose(float* source, nint stride, int count, int k, float* panel, int width)
    {
        const int Line = 16;
        int blocks = k & ~3, rows8 = Avx.IsSupported ? count & ~7 : 0;
        for (int start = 0; start < blocks; start += Line)
        {
            int end = Math.Min(start + Line, blocks), end8 = end & ~7;
            for (int i = 0; i < rows8; i += 8)
            {
                for (int p = start; p < end8; p += 8) Transpose8x8.Invoke(source + (i * stride) + p, stride, panel + ((nint)p * width) + i, width);
                if (end8 == end) continue;
                for (int q = i; q < i + 8; q += 4) Transpose4x4(source + (q * stride), stride, 4, end8, end, panel + q, width, 4);
            }

            for (int i = rows8; i < width; i += 4) Transpose4x4(source + (i * stride), stride, count - i, start, end, panel + i, width, width - i);
        }

        for (int p = blocks; p < k; p++)
        {
            float* row = panel + ((nint)p * width);
            for (int i = 0; i < count; i++) row[i] = source[(i * stride) + p];
            new Span<float>(row + count, width - count).Clear();
        }
    }

    /// <summary>Rows 0 … 3 (zeros from <paramref name="count"/> on), columns start … end−1; room for less than 4 values at the end of a panel.</summary>
    private static void Transpose4x4(float* source, nint stride, int count, int start, int end, float* panel, int width, int room)
    {
        for (int p = start; p < end; p += 4)
        {
            Vector128<float> r0 = count > 0 ? Vector128.Load(source + p) : default;
            Vector128<float> r1 = count > 1 ? Vector128.Load(source + stride + p) : default;
            Vector128<float> r2 = count > 2 ? Vector128.Load(source + (2 * stride) + p) : default;
            Vector128<float> r3 = count > 3 ? Vector128.Load(source + (3 * stride) + p) : default;
            float* target = panel + ((nint)p * width);

            // Single values of two rows interleaved, then pairs of values: column 0 is (r0[0], r1[0], r2[0], r3[0]).
            Vector128<double> low01 = Lanes128.InterleaveLow(r0, r1).AsDouble(), high01 = Lanes128.InterleaveHigh(r0, r1).AsDouble();
            Vector128<double> low23 = Lanes128.InterleaveLow(r2, r3).AsDouble(), high23 = Lanes128.InterleaveHigh(r2, r3).AsDouble();
            Store(Lanes128.InterleaveLow(low01, low23).AsSingle(), target, room);
            Store(Lanes128.InterleaveHigh(low01, low23).AsSingle(), target + width, room);
            Store(Lanes128.InterleaveLow(high01, high23).AsSingle(), target + (2 * width), room);
            Store(Lanes128.InterleaveHigh(high01, high23).AsSingle(), target + (3 * width), room);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<float> column, float* target, int room)
    {
        if (room >= 4)
        {
            column.Store(target);
            return;
        }

        if (room >= 2) *(double*)target = column.AsDouble().ToScalar();
        if (room == 1) *target = column.ToScalar();
        if (room == 3) target[2] = column[2];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRow(float* source, float* target, int width)
    {
        int i = 0;
        for (; i <= width - 16; i += 16) Vector512.Load(source + i).Store(target + i);
        for (; i <= width - 4; i += 4) Vector128.Load(source + i).Store(target + i);
        for (; i < width; i += 2) *(double*)(target + i) = *(double*)(source + i);
    }
}
