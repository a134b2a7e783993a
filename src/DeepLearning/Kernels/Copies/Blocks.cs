using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>
/// Moves values, 4 bytes each, and does no arithmetic but an addition where asked: fills, copies, copies of blocks, and rows by their number.
/// Without the addition every value keeps its bits, so that integers pass too.
/// </summary>
internal static partial class Blocks
{
    /// <summary>to[i] = value.</summary>
    public static void Fill(Span<float> to, float value) => to.Fill(value);

    /// <summary>to[i] = from[i], or to[i] += from[i] where <paramref name="accumulate"/>.</summary>
    public static void Copy(ReadOnlySpan<float> from, Span<float> to, bool accumulate = false)
    {
        if (accumulate) Elementwise.Map(default(Same), from, to, accumulate: true);
        else from.CopyTo(to);
    }

    /// <summary>Copies blocks that lie at even distances: for each b and i: <c>to[toStart + b·toStep + i] (+)= from[fromStart + b·fromStep + i]</c>.</summary>
    /// <param name="from">The source.</param>
    /// <param name="fromStart">Its first block.</param>
    /// <param name="fromStep">From one block to the next.</param>
    /// <param name="to">The target.</param>
    /// <param name="toStart">Its first block.</param>
    /// <param name="toStep">From one block to the next.</param>
    /// <param name="length">Values in a block.</param>
    /// <param name="count">Blocks.</param>
    /// <param name="accumulate">Add to what is there.</param>
    public static void Copy(
        ReadOnlySpan<float> from, int fromStart, int fromStep, Span<float> to, int toStart, int toStep, int length, int count, bool accumulate = false)
    {
        if (length == 0) return;
        for (int b = 0; b < count; b++, fromStart += fromStep, toStart += toStep)
            Copy(from.Slice(fromStart, length), to.Slice(toStart, length), accumulate);
    }

    private readonly struct Same : IUnary
    {
        public Vector512<float> Invoke(Vector512<float> x) => x;
    }
}
