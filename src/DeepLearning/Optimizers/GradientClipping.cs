using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>The limits of gradients: at most one of the three is set.</summary>
/// <param name="Norm">The norm of each parameter's gradient.</param>
/// <param name="GlobalNorm">The norm of all gradients together.</param>
/// <param name="Value">The magnitude of each value.</param>
internal readonly record struct ClipLimits(double? Norm, double? GlobalNorm, double? Value)
{
    public bool IsNone => Norm is null && GlobalNorm is null && Value is null;

    /// <summary>Whether more than one is set, so that the order would be undefined.</summary>
    public bool AreSeveral => (Norm is null ? 0 : 1) + (GlobalNorm is null ? 0 : 1) + (Value is null ? 0 : 1) > 1;

    /// <summary>The limit, of whichever kind; null if there is none.</summary>
    public double? Any => Norm ?? GlobalNorm ?? Value;
}

/// <summary>Clips gradients into a separate buffer.</summary>
internal sealed class GradientClipping
{
    /// <summary>A smaller factor loses precision in float32, or is 0, which would make the step ineffective.</summary>
    private const double SmallestFactor = 1e-30;

    private FlatBuffer? buffer;

    /// <summary>The gradients within the limits; those of frozen parameters are 0.</summary>
    public ReadOnlySpan<float> Clip(ReadOnlySpan<float> g, ClipLimits limits, ParameterSet parameters, ParameterRuns runs)
    {
        if (limits.IsNone) return g;
        Span<float> clipped = (buffer ??= new FlatBuffer(g.Length)).AsSpan();
        Blocks.Copy(g, clipped);
        foreach (ParameterRun run in runs)
            if (!run.Trainable) Blocks.Fill(clipped.Slice(run.Start, run.Length), 0f);
        if (limits.GlobalNorm is { } global) ScaleTo(clipped, (float)global);
        if (limits.Norm is { } norm)
        {
            // By index: enumerating the set allocates.
            for (int i = 0; i < parameters.Count; i++) ScaleTo(clipped.Slice(parameters[i].Offset, parameters[i].Value.Count), (float)norm);
        }

        if (limits.Value is { } limit) Elementwise.Map(new Bound((float)limit), clipped, clipped);
        return clipped;
    }

    /// <summary>Releases the memory.</summary>
    public void Release() => buffer = null;

    private static void ScaleTo(Span<float> g, float limit)
    {
        double norm = Math.Sqrt(Reductions.Dot(g, g)), factor = limit / norm;
        if (!(norm > limit)) return;
        if (factor < SmallestFactor)
        {
            const float Power = 1f / (1L << 62);
            Elementwise.Map(new ScaledBy(Power), g, g);
            factor /= Power;
        }

        Elementwise.Map(new ScaledBy((float)factor), g, g);
    }

    private readonly struct Bound(float limit) : IUnary
    {
        public Vector512<float> Invoke(Vector512<float> x) => Vector512.Min(Vector512.Max(x, Vector512.Create(-limit)), Vector512.Create(limit));
    }
}
