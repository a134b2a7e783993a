using System.Globalization;
using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <content>Gradients before the rule: checked, averaged over several calls, clipped.</content>
public abstract partial class Optimizer
{
    /// <summary>For rules that square gradients: 2⁶³. The square is at most a quarter of what float32 holds, and so is a mean of squares.</summary>
    private protected const float LargestToSquare = 9_223_372_036_854_775_808f;

    /// <summary>A factor below it loses digits in float32, or is 0, which would make a step without effect.</summary>
    private const double SmallestFactor = 1e-30;

    private FlatBuffer? scratch;
    private int accumulated;

    /// <summary>Makes an update with the average of the gradients accumulated since the last one; does nothing if there are none.</summary>
    public void ApplyAccumulated()
    {
        if (accumulated > 0) Make(owner!, default);
    }

    /// <summary>Whether the rule can take each of these gradients.</summary>
    internal bool Takes(ParameterSet parameters, Gradients gradients)
    {
        FindRuns(parameters);
        ReadOnlySpan<float> g = gradients.Flat(parameters);
        foreach (Run run in runs)
            if (run.Trainable && !Reductions.AllWithin(g.Slice(run.Start, run.Length), Limit)) return false;
        return parameters.States is not { } states || gradients.Staged.NotFinite(states) is null;
    }

    /// <summary>Says which gradient the rule cannot take, or which state would not be finite; null if there is none.</summary>
    internal string? FaultOf(ParameterSet parameters, Gradients gradients)
    {
        foreach (Parameter parameter in parameters)
        {
            ReadOnlySpan<float> g = gradients[parameter].AsReadOnlySpan();
            if (!parameter.Trainable || Reductions.AllWithin(g, Limit)) continue;
            if (!Reductions.AllFinite(g)) return $"the gradient of {parameter.Name} is not finite";
            (float least, float largest) = Reductions.Extent(g);
            float most = MathF.Max(-least, largest);
            return string.Create(CultureInfo.InvariantCulture,
                $"the gradient of {parameter.Name} reaches {most:G3}, and {GetType().Name} takes {Limit:G3} at most: beyond, squares overflow float32");
        }

        return parameters.States is { } states && gradients.Staged.NotFinite(states) is { } state ? $"the new {state.Name} is not finite" : null;
    }

    private float Limit => (ClipNorm ?? GlobalClipNorm ?? ClipValue) <= LargestGradient ? float.MaxValue : LargestGradient;

    /// <summary>
    /// The gradients to use at this call: themselves, or the average at the last of several calls, or nothing. Without new gradients, the average of those
    /// accumulated.
    /// </summary>
    private ReadOnlySpan<float> Accumulate(Span<float> g)
    {
        if (GradientAccumulationSteps == 1) return g;
        Span<float> sum = (scratch ??= new FlatBuffer(g.Length)).AsSpan();
        if (g.IsEmpty)
        {
            Elementwise.Map(new Scale((float)GradientAccumulationSteps / accumulated), sum, sum);
            accumulated = 0;
            return sum;
        }

        if (accumulated == 0) Blocks.Fill(sum, 0f);
        // What is frozen in this call adds nothing, whatever its gradient.
        foreach (Run run in runs)
            if (run.Trainable)
                Elementwise.Map(new Scale(1f / GradientAccumulationSteps), g.Slice(run.Start, run.Length), sum.Slice(run.Start, run.Length), accumulate: true);
        accumulated = (accumulated + 1) % GradientAccumulationSteps;
        return accumulated == 0 ? sum : default;
    }

    private ReadOnlySpan<float> Clip(ParameterSet parameters, ReadOnlySpan<float> g)
    {
        if (ClipNorm is null && GlobalClipNorm is null && ClipValue is null) return g;
        if (ClipsSeveralWays) throw new InvalidOperationException(OneWayOfClipping);
        scratch ??= new FlatBuffer(g.Length);
        Span<float> clipped = scratch.AsSpan();
        Blocks.Copy(g, clipped);
        foreach (Run run in runs)
            if (!run.Trainable) Blocks.Fill(clipped.Slice(run.Start, run.Length), 0f);
        if (GlobalClipNorm is { } global) ScaleTo(clipped, (float)global);
        if (ClipNorm is { } norm)
        {
            // By index: enumerating the set allocates.
            for (int i = 0; i < parameters.Count; i++) ScaleTo(clipped.Slice(parameters[i].Offset, parameters[i].Value.Count), (float)norm);
        }

        if (ClipValue is { } limit) Elementwise.Map(new Bound((float)limit), clipped, clipped);
        return clipped;
    }

    private static void ScaleTo(Span<float> g, float limit)
    {
        double norm = Math.Sqrt(Reductions.Dot(g, g)), factor = limit / norm;
        if (!(norm > limit)) return;
        if (factor < SmallestFactor)
        {
            const float Power = 1f / (1L << 62);
            Elementwise.Map(new Scale(Power), g, g);
            factor /= Power;
        }

        Elementwise.Map(new Scale((float)factor), g, g);
    }

    private readonly struct Scale(float factor) : IUnary
    {
        public Vector512<float> Invoke(Vector512<float> x) => x * factor;
    }

    private readonly struct Bound(float limit) : IUnary
    {
        public Vector512<float> Invoke(Vector512<float> x) => Vector512.Min(Vector512.Max(x, Vector512.Create(-limit)), Vector512.Create(limit));
    }
}
