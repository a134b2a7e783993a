using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
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
    /// The values of one i lie side by side: op(source)[i, p] = source[i·stride + p]. Works in blocks of 4 × 4, four vectors of
    /// 4 lanes across; 16 values of p at a time, which use up a cache line of each of the rows. At most 3 values of p remain for scalars.
    /// </summary>
    public static void Transpose(float* source, nint stride, int count, int k, float* panel, int width)
    {
        const int Line = 16;
        int blocks = k & ~3;
        for (int start = 0; start < blocks; start += Line)
        {
            int end = Math.Min(start + Line, blocks);
            for (int i = 0; i < width; i += 4) TransposeBlocks(source + (i * stride), stride, count - i, start, end, panel + i, width, width - i);
        }

        for (int p = blocks; p < k; p++)
        {
            float* row = panel + ((nint)p * width);
            for (int i = 0; i < count; i++) row[i] = source[(i * stride) + p];
            new Span<float>(row + count, width - count).Clear();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeBlocks(float* source, nint stride, int count, int start, int end, float* panel, int width, int room)
    {
        for (int p = start; p < end; p += 4)
        {
            Vector128<float> r0 = count > 0 ? Vector128.Load(source + p) : default;
            Vector128<float> r1 = count > 1 ? Vector128.Load(source + stride + p) : default;
            Vector128<float> r2 = count > 2 ? Vector128.Load(source + (2 * stride) + p) : default;
            Vector128<float> r3 = count > 3 ? Vector128.Load(source + (3 * stride) + p) : default;
            float* target = panel + ((nint)p * width);

            // Pairs of rows interleaved, then pairs of pairs: c0 = (r0[0], r1[0], r2[0], r3[0]) and so on.
            Vector128<float> low01 = InterleaveLow(r0, r1), high01 = InterleaveHigh(r0, r1);
            Vector128<float> low23 = InterleaveLow(r2, r3), high23 = InterleaveHigh(r2, r3);
            if (room >= 4)
            {
                Vector128.Create(low01.GetLower(), low23.GetLower()).Store(target);
                Vector128.Create(low01.GetUpper(), low23.GetUpper()).Store(target + width);
                Vector128.Create(high01.GetLower(), high23.GetLower()).Store(target + (2 * width));
                Vector128.Create(high01.GetUpper(), high23.GetUpper()).Store(target + (3 * width));
            }
            else
            {
                low01.GetLower().Store(target);
                low01.GetUpper().Store(target + width);
                high01.GetLower().Store(target + (2 * width));
                high01.GetUpper().Store(target + (3 * width));
            }
        }
    }

    /// <summary>(x0, y0, x1, y1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveLow(Vector128<float> x, Vector128<float> y)
    {
        if (Sse.IsSupported) return Sse.UnpackLow(x, y);
        return AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(x, y) : Vector128.Create(x[0], y[0], x[1], y[1]);
    }

    /// <summary>(x2, y2, x3, y3).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveHigh(Vector128<float> x, Vector128<float> y)
    {
        if (Sse.IsSupported) return Sse.UnpackHigh(x, y);
        return AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(x, y) : Vector128.Create(x[2], y[2], x[3], y[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRow(float* source, float* target, int width)
    {
        int i = 0;
        for (; i <= width - 16; i += 16) Vector512.Load(source + i).Store(target + i);
        for (; i <= width - 4; i += 4) Vector128.Load(source + i).Store(target + i);
        for (; i < width; i += 2) Vector64.Load(source + i).Store(target + i);
    }
}
