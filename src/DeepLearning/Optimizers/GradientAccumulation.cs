using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>Averages the gradients of several calls into those of one update.</summary>
internal sealed class GradientAccumulation
{
    private FlatBuffer? sum;

    /// <summary>The number of calls in the sum.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// The gradients to use at this call: these, or at the last of <paramref name="steps"/> calls the average, or none. Without new gradients, the average of
    /// those accumulated.
    /// </summary>
    public ReadOnlySpan<float> Add(Span<float> g, int steps, ParameterRuns runs)
    {
        if (steps == 1) return g;
        Span<float> all = (sum ??= new FlatBuffer(g.Length)).AsSpan();
        if (g.IsEmpty)
        {
            Elementwise.Map(new ScaledBy((float)steps / Count), all, all);
            Count = 0;
            return all;
        }

        if (Count == 0) Blocks.Fill(all, 0f);
        // Parameters frozen in this call add nothing, whatever their gradient.
        foreach (ParameterRun run in runs)
            if (run.Trainable) Elementwise.Map(new ScaledBy(1f / steps), g.Slice(run.Start, run.Length), all.Slice(run.Start, run.Length), accumulate: true);
        Count = (Count + 1) % steps;
        return Count == 0 ? all : default;
    }

    /// <summary>Discards the accumulated gradients.</summary>
    public void Clear() => Count = 0;

    /// <summary>Discards them, and releases the memory.</summary>
    public void Release() => Restore(null, 0);

    public void Restore(FlatBuffer? gradients, int count) => (sum, Count) = (gradients, count);

    public void SaveState(StateWriter to)
    {
        to.Write("accumulated", Count);
        if (Count > 0) to.Write("gradients", sum!);
    }
}
