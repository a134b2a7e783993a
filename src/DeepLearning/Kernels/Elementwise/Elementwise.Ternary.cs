using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <content>
/// The loop over three inputs: <c>for each i: result[i] (+)= f(x[i], y[i], z[i])</c>. Two vectors of 16 lanes a step where the machine has 512 bits, then one,
/// then the tail padded.
/// </content>
internal static unsafe partial class Elementwise
{
    /// <summary>result[i] = f(x[i], y[i], z[i]), or result[i] += f(x[i], y[i], z[i]) where <paramref name="accumulate"/>.</summary>
    public static void Map<TOp>(TOp op, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> z, Span<float> result, bool accumulate = false)
        where TOp : struct, ITernary
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(y.Length, x.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(z.Length, x.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(result.Length, x.Length);
        if (accumulate) Split<TOp, Add>(op, x, y, z, result);
        else Split<TOp, Replace>(op, x, y, z, result);
    }

    private static void Split<TOp, TStore>(TOp op, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> z, Span<float> result)
        where TOp : struct, ITernary where TStore : struct, IStore
    {
        fixed (float* xp = x, yp = y, zp = z, r = result)
        {
            var chunks = new Chunks(x.Length, SmallestChunk, Lanes.Count);
            var job = new TernaryJob<TOp, TStore>(op, xp, yp, zp, r, chunks);
            chunks.Run(ref job);
        }
    }

    private static void Range<TOp, TStore>(TOp op, float* x, float* y, float* z, float* result, nint length)
        where TOp : struct, ITernary where TStore : struct, IStore
    {
        nint i = 0;
        // Where 512 bits are two registers of 256, one step is two already.
        for (; Vector512.IsHardwareAccelerated && i <= length - 2 * Lanes.Count; i += 2 * Lanes.Count)
        {
            Vector512<float> first = op.Invoke(Vector512.Load(x + i), Vector512.Load(y + i), Vector512.Load(z + i));
            Vector512<float> second = op.Invoke(Vector512.Load(x + i + Lanes.Count), Vector512.Load(y + i + Lanes.Count), Vector512.Load(z + i + Lanes.Count));
            TStore.Write(first, result + i);
            TStore.Write(second, result + i + Lanes.Count);
        }

        for (; i <= length - Lanes.Count; i += Lanes.Count)
            TStore.Write(op.Invoke(Vector512.Load(x + i), Vector512.Load(y + i), Vector512.Load(z + i)), result + i);

        nint rest = length - i;
        if (rest > 0) TStore.Write(op.Invoke(Lanes.Load(x + i, rest), Lanes.Load(y + i, rest), Lanes.Load(z + i, rest)), result + i, rest);
    }

    private readonly struct TernaryJob<TOp, TStore>(TOp op, float* x, float* y, float* z, float* result, Chunks chunks) : IParallelJob
        where TOp : struct, ITernary where TStore : struct, IStore
    {
        public void Execute(int part)
        {
            (nint start, nint end) = chunks[part];
            Range<TOp, TStore>(op, x + start, y + start, z + start, result + start, end - start);
        }
    }
}
