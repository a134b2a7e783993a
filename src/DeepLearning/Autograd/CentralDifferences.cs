namespace DeepLearning;

/// <summary>The slopes of Σ seed·f by central differences in float32, and the comparison of gradients with them.</summary>
/// <param name="evaluate">Computes f from the current values of the stepped tensors.</param>
/// <param name="seed">The weight of each element of f.</param>
internal sealed class CentralDifferences(Func<Tensor> evaluate, Tensor seed)
{
    /// <summary>Step relative to |x|: it balances the extrapolation's error of h⁴ against float32's rounding (ε/h).</summary>
    private const float RelativeStep = 1f / 32;

    /// <summary>|x| below which the step no longer shrinks.</summary>
    private const float SmallestScale = 1f / 8;

    /// <summary>Float32 roundings (2⁻²⁴ of a result's size) of noise that a difference of two results may carry.</summary>
    private const double Roundings = 8;

    /// <summary>Compares gradients with the slopes at every element. The values are stepped in place and restored.</summary>
    public GradientCheckResult Compare(IReadOnlyList<(string Name, Tensor Value, Tensor Gradient)> inputs, double tolerance)
    {
        var worst = new GradientCheckResult(true, "no input", "[]", 0, 0, tolerance);
        double worstRatio = -1;
        foreach ((string name, Tensor value, Tensor gradient) in inputs)
        {
            (double Slope, double Noise)[] numeric = [.. Enumerable.Range(0, value.Count).Select(i => SlopeAt(value, i))];
            double scale = numeric.Select(n => Math.Abs(n.Slope)).DefaultIfEmpty().Max() / 10;
            for (int i = 0; i < numeric.Length; i++)
            {
                (double slope, double noise) = numeric[i];
                double analytic = gradient.AsReadOnlySpan()[i];
                double allowed = tolerance * Math.Max(scale, Math.Max(Math.Abs(analytic), Math.Abs(slope))) + noise;
                double difference = Math.Abs(analytic - slope);
                double ratio = double.IsFinite(difference) ? difference == 0 ? 0 : difference / allowed : double.PositiveInfinity;
                if (ratio <= worstRatio) continue;
                worstRatio = ratio;
                worst = new GradientCheckResult(ratio <= 1, name, IndexOf(value.Shape, i), analytic, slope, allowed);
            }
        }

        return worst;
    }

    /// <summary>(4·D(h/2) − D(h)) / 3, D the central difference, and how far off rounding may put it.</summary>
    private (double Slope, double Noise) SlopeAt(Tensor x, int i)
    {
        float kept = x.AsSpan()[i], step = RelativeStep * MathF.Max(MathF.Abs(kept), SmallestScale);
        (double whole, double wholeNoise) = Difference(x, i, kept, step);
        (double half, double halfNoise) = Difference(x, i, kept, step / 2);
        x.AsSpan()[i] = kept;
        return ((4 * half - whole) / 3, (4 * halfNoise + wholeNoise) / 3);
    }

    private (double Slope, double Noise) Difference(Tensor x, int i, float at, float step)
    {
        float above = at + step, below = at - step;
        x.AsSpan()[i] = above;
        // A copy, because a function may return (a view of) the very tensor that is stepped.
        float[] high = evaluate().ToArray();
        x.AsSpan()[i] = below;
        ReadOnlySpan<float> low = evaluate().AsReadOnlySpan(), weights = seed.AsReadOnlySpan();
        double sum = 0, changed = 0, width = (double)above - below;
        for (int j = 0; j < high.Length; j++)
        {
            sum += weights[j] * ((double)high[j] - low[j]);
            if (high[j] != low[j]) changed += Math.Pow(weights[j] * (double)high[j], 2);
        }

        return (sum / width, Roundings * Math.ScaleB(Math.Sqrt(changed), -24) / width);
    }

    private static string IndexOf(Shape shape, int place)
    {
        var index = new int[shape.Rank];
        for (int d = index.Length - 1; d >= 0; d--) (place, index[d]) = (place / shape.Dimensions[d], place % shape.Dimensions[d]);
        return Shape.Format(index);
    }
}
