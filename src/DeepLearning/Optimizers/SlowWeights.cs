using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// The slow weights of <see cref="Lookahead"/>, stored as how far the weights have moved since the last sync: 0 at first, also for parameters not trained yet,
/// and correct whatever else sets the weights.
/// </summary>
internal sealed class SlowWeights
{
    /// <summary>w − slow, in the layout of the weights; null before the first update.</summary>
    public FlatBuffer? Way { get; private set; }

    /// <summary>Adds the step of a run of parameters to its distance; at a sync, moves the weights back to the slow ones.</summary>
    /// <param name="before">The weights before the step.</param>
    /// <param name="w">The weights after it.</param>
    /// <param name="start">Where they begin in the flat buffer.</param>
    /// <param name="length">The length of the flat buffer.</param>
    /// <param name="settings">When they sync, and where.</param>
    /// <param name="t">The number of the step, from 1.</param>
    public void Follow(ReadOnlySpan<float> before, Span<float> w, int start, int length, Lookahead settings, long t)
    {
        Span<float> way = (Way ??= new FlatBuffer(length)).AsSpan().Slice(start, w.Length);
        Elementwise.Map(new Difference(), w, before, way, accumulate: true);
        if (t % settings.SyncPeriod != 0) return;
        Elementwise.Map(new ScaledBy((float)settings.SlowStepSize - 1f), way, w, accumulate: true);
        Blocks.Fill(way, 0f);
    }

    public void Restore(FlatBuffer? way) => Way = way;

    private readonly struct Difference : IBinary
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => x - y;
    }
}
