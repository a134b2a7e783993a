using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <content>
/// The loop over two inputs of which one or both are repeated along some dimensions: for each index (i₀, i₁, …) of the dimensions, in row-major order,
/// <c>result[at++] = f(x[Σ iₖ·xStrides[k]], y[Σ iₖ·yStrides[k]])</c>. Runs along the last dimension go through the loops over one or two inputs, 16 lanes at a
/// time; an operand with any other step than 0 or 1 is gathered 256 values at a time.
/// </content>
internal static unsafe partial class Elementwise
{
    /// <summary>
    /// result = f(x, y) where x or y is repeated: the iteration space has the dimensions <paramref name="dims"/> (row-major
    /// result), and an operand's stride along a dimension is 0 where it is repeated. Any rank; strides ≥ 0.
    /// </summary>
    public static void MapBroadcast<TOp>(
        TOp op, ReadOnlySpan<float> x, ReadOnlySpan<int> xStrides, ReadOnlySpan<float> y, ReadOnlySpan<int> yStrides,
        Span<float> result, ReadOnlySpan<int> dims) where TOp : struct, IBinary
    {
        if (result.IsEmpty) return;

        const int onStack = 64;
        Span<int> space = dims.Length <= onStack ? stackalloc int[3 * onStack] : new int[3 * dims.Length];
        int capacity = space.Length / 3;
        Span<int> d = space[..capacity], sx = space.Slice(capacity, capacity), sy = space[(2 * capacity)..];
        int rank = Collapse(dims, xStrides, yStrides, d, sx, sy);
        CheckBounds(d[..rank], sx, x.Length);
        CheckBounds(d[..rank], sy, y.Length);

        fixed (float* xp = x, yp = y, r = result)
        fixed (int* dp = d, sxp = sx, syp = sy)
        {
            var chunks = new Chunks(result.Length, SmallestChunk, Lanes.Count);
            var job = new BroadcastJob<TOp>(op, xp, sxp, yp, syp, r, dp, rank, chunks);
            chunks.Run(ref job);
        }
    }

    /// <summary>Drops dimensions of 1 and joins neighbours that both operands step through evenly; returns the new rank, at least 1.</summary>
    private static int Collapse(
        ReadOnlySpan<int> dims, ReadOnlySpan<int> xStrides, ReadOnlySpan<int> yStrides, Span<int> d, Span<int> sx, Span<int> sy)
    {
        int rank = 0;
        for (int i = 0; i < dims.Length; i++)
        {
            if (dims[i] == 1) continue;
            if (rank > 0 && sx[rank - 1] == (long)xStrides[i] * dims[i] && sy[rank - 1] == (long)yStrides[i] * dims[i]) d[rank - 1] *= dims[i];
            else d[rank++] = dims[i];
            (sx[rank - 1], sy[rank - 1]) = (xStrides[i], yStrides[i]);
        }

        if (rank > 0) return rank;
        (d[0], sx[0], sy[0]) = (1, 0, 0);
        return 1;
    }

    private static void CheckBounds(ReadOnlySpan<int> dims, ReadOnlySpan<int> strides, int length)
    {
        long last = 0;
        for (int i = 0; i < dims.Length; i++) last += (long)(dims[i] - 1) * strides[i];
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(last, length);
    }

    /// <summary>One row: x and y step by 1, stand still (0), or, for any other step, are first gathered.</summary>
    private static void Row<TOp>(TOp op, float* x, int stepX, float* y, int stepY, float* result, nint length) where TOp : struct, IBinary
    {
        if (stepX == 1 && stepY == 1) Range<TOp, Replace>(op, x, y, result, length);
        else if (stepX == 1 && stepY == 0) Range<FixedRight<TOp>, Replace>(new FixedRight<TOp>(op, *y), x, result, length);
        else if (stepX == 0 && stepY == 1) Range<FixedLeft<TOp>, Replace>(new FixedLeft<TOp>(op, *x), y, result, length);
        else Gather(op, x, stepX, y, stepY, result, length);
    }

    [SkipLocalsInit]
    private static void Gather<TOp>(TOp op, float* x, int stepX, float* y, int stepY, float* result, nint length) where TOp : struct, IBinary
    {
        const int block = 256;
        float* a = stackalloc float[block], b = stackalloc float[block];
        for (nint start = 0; start < length; start += block)
        {
            nint count = Math.Min(block, length - start);
            for (nint i = 0; i < count; i++) (a[i], b[i]) = (x[(start + i) * stepX], y[(start + i) * stepY]);
            Range<TOp, Replace>(op, a, b, result + start, count);
        }
    }

    private readonly struct FixedRight<TOp>(TOp op, float y) : IUnary where TOp : struct, IBinary
    {
        public Vector512<float> Invoke(Vector512<float> x) => op.Invoke(x, Vector512.Create(y));
    }

    private readonly struct FixedLeft<TOp>(TOp op, float x) : IUnary where TOp : struct, IBinary
    {
        public Vector512<float> Invoke(Vector512<float> y) => op.Invoke(Vector512.Create(x), y);
    }

    private readonly struct BroadcastJob<TOp>(
        TOp op, float* x, int* xStrides, float* y, int* yStrides, float* result, int* dims, int rank, Chunks chunks) : IParallelJob
        where TOp : struct, IBinary
    {
        public void Execute(int part)
        {
            (nint at, nint end) = chunks[part];
            int inner = rank - 1;
            nint columns = dims[inner], row = at / columns, column = at % columns, xi = 0, yi = 0;
            Span<int> index = rank <= 64 ? stackalloc int[64] : new int[rank];
            for (int d = inner - 1; d >= 0; d--)
            {
                index[d] = (int)(row % dims[d]);
                row /= dims[d];
                xi += (nint)index[d] * xStrides[d];
                yi += (nint)index[d] * yStrides[d];
            }

            while (at < end)
            {
                nint count = Math.Min(columns - column, end - at);
                Row(op, x + xi + column * xStrides[inner], xStrides[inner], y + yi + column * yStrides[inner], yStrides[inner], result + at, count);
                at += count;
                column = 0;
                for (int d = inner - 1; d >= 0; d--)
                {
                    xi += xStrides[d];
                    yi += yStrides[d];
                    if (++index[d] < dims[d]) break;
                    xi -= (nint)dims[d] * xStrides[d];
                    yi -= (nint)dims[d] * yStrides[d];
                    index[d] = 0;
                }
            }
        }
    }
}
