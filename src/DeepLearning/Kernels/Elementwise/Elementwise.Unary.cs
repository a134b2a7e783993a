using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <content>
/// The loop over one input: <c>for each i: result[i] (+)= f(x[i])</c>. Two vectors of 16 lanes a step where the machine has 512 bits, then one, then the tail
/// padded.
/// </content>
internal static unsafe partial class Elementwise
{
    /// <summary>result[i] = f(x[i]), or result[i] += f(x[i]) where <paramref name="accumulate"/>.</summary>
    public static void Map<TOp>(TOp op, ReadOnlySpan<float> x, Span<float> result, bool accumulate = false) where TOp : struct, IUnary
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(result.Length, x.Length);
        if (accumulate) Split<TOp, Add>(op, x, result);
        else Split<TOp, Replace>(op, x, result);
    }

    private static void Split<TOp, TStore>(TOp op, ReadOnlySpan<float> x, Span<float> result)
        where TOp : struct, IUnary where TStore : struct, IStore
    {
        fixed (float* xp = x, r = result)
        {
            var chunks = new Chunks(x.Length, SmallestChunk, Lanes.Count);
            var job = new UnaryJob<TOp, TStore>(op, xp, r, chunks);
            chunks.Run(ref job);
        }
    }

    private static void Range<TOp, TStore>(TOp op, float* x, float* result, nint length)
        where TOp : struct, IUnary where TStore : struct, IStore
    {
        nint i = 0;
        // Where 512 bits are two registers of 256, one step is two already.
        for (; Vector512.IsHardwareAccelerated && i <= length - 2 * Lanes.Count; i += 2 * Lanes.Count)
        {
            Vector512<float> first = op.Invoke(Vector512.Load(x + i));
            Vector512<float> second = op.Invoke(Vector512.Load(x + i + Lanes.Count));
            TStore.Write(first, result + i);
            TStore.Write(second, result + i + Lanes.Count);
        }

        for (; i <= length - Lanes.Count; i += Lanes.Count) TStore.Write(op.Invoke(Vector512.Load(x + i)), result + i);
        nint rest = length - i;
        if (rest > 0) TStore.Write(op.Invoke(Lanes.Load(x + i, rest)), result + i, rest);
    }

    private readonly struct UnaryJob<TOp, TStore>(TOp op, float* x, float* result, Chunks chunks) : IParallelJob
        where TOp : struct, IUnary where TStore : struct, IStore
    {
        public void Execute(int part)
        {
            (nint start, nint end) = chunks[part];
            Range<TOp, TStore>(op, x + start, result + start, end - start);
        }
    }
}
