using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>Averages the gradients of several calls into those of one update.</summary>
internal sealed class GradientAccumulation
{
    private FlatBuffer? sum;

    /// <summary>How many calls the sum has.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// The gradients to use at this call: themselves, or the average at the last of <paramref name="steps"/> calls, or nothing. Without new gradients, the
    /// average of those accumulated.
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
        // What is frozen in this call adds nothing, whatever its gradient.
        foreach (ParameterRun run in runs)
            if (run.Trainable) Elementwise.Map(new ScaledBy(1f / steps), g.Slice(run.Start, run.Length), all.Slice(run.Start, run.Length), accumulate: true);
        Count = (Count + 1) % steps;
        return Count == 0 ? all : default;
    }

    /// <summary>Forgets what was accumulated.</summary>
    public void Clear() => Count = 0;

    /// <summary>Forgets it, and lets go of the memory.</summary>
    public void Release() => Restore(null, 0);

    public void Restore(FlatBuffer? gradients, int count) => (sum, Count) = (gradients, count);

    public void SaveState(StateWriter to)
    {
        to.Write("accumulated", Count);
        if (Count > 0) to.Write("gradients", sum!);
    }
}
