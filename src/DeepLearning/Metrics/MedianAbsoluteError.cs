namespace DeepLearning;

/// <summary>
/// The median of |t − p| over the samples, which outliers hardly affect; the mean of the middle two for an even number. With several outputs, the mean of
/// theirs. Lower is better; NaN if a prediction is. It gathers the errors, sorts them at the end of an epoch or an evaluation, and is NaN in <see cref="Logs"/>
/// during an epoch. scikit-learn: <c>median_absolute_error</c>.
/// </summary>
public sealed class MedianAbsoluteError : Metric
{
    /// <summary>The median absolute error.</summary>
    /// <param name="name">The name in a history; <c>median_absolute_error</c> by default.</param>
    public MedianAbsoluteError(string? name = null) => Name = name ?? "median_absolute_error";

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <summary>0: it gathers rows.</summary>
    public override int Size => 0;

    /// <inheritdoc/>
    /// <exception cref="ShapeMismatchException">Targets do not have the predictions' shape.</exception>
    /// <exception cref="ArgumentException">A weight is negative or not finite; nothing is added.</exception>
    public override void Accumulate(Tensor predictions, Tensor targets, Tensor? weights, MetricSums sums)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        if (predictions.Rank == 0) throw new ShapeMismatchException($"{Name} expects predictions [batch, …], got {predictions.Shape}.", nameof(predictions));
        ReadOnlySpan<float> p = predictions.AsReadOnlySpan(), t = LossShapes.Fit(targets, predictions).AsReadOnlySpan(), w = WeightsOf(weights, predictions);
        _ = SumsOf(sums);
        int samples = predictions.Shape.Dimensions[0], outputs = p.Length / Math.Max(1, samples);
        Span<float> row = sums.Scratch(outputs + 1);
        for (int i = 0; i < samples; i++)
        {
            row[^1] = w.IsEmpty ? 1 : w[i];
            if (row[^1] == 0) continue;
            for (int o = 0; o < outputs; o++) row[o] = MathF.Abs(t[i * outputs + o] - p[i * outputs + o]);
            sums.Append(row);
        }
    }

    /// <inheritdoc/>
    public override double Result(MetricSums sums)
    {
        _ = SumsOf(sums);
        if (sums.Rows == 0) return double.NaN;
        int outputs = sums.Row(0).Length - 1;
        double sum = 0;
        for (int o = 0; o < outputs; o++) sum += Median(sums.Column(o), sums.Column(outputs));
        return sum / outputs;
    }

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output) => LossShapes.Require(Name, targets, output);

    /// <summary>The value with half of the weight below it; the mean of two if that falls between them.</summary>
    private static double Median(float[] errors, float[] weights)
    {
        Array.Sort(errors, weights);
        if (float.IsNaN(errors[0])) return double.NaN;
        double whole = 0, below = 0;
        foreach (float weight in weights) whole += weight;
        int i = 0;
        while (i < errors.Length - 1 && 2 * (below + weights[i]) < whole) below += weights[i++];
        return i < errors.Length - 1 && 2 * (below + weights[i]) == whole ? (errors[i] + (double)errors[i + 1]) / 2 : errors[i];
    }
}
