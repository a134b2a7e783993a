namespace DeepLearning;

/// <summary>The share of outputs on the right side of a threshold, averaged over each sample's outputs.</summary>
/// <param name="threshold">Above it the prediction is class 1; 0.5 by default.</param>
public sealed class BinaryAccuracy(double threshold = 0.5) : Metric
{
    private readonly float threshold = Setting.Single(threshold);

    /// <inheritdoc/>
    public override string Name => "binary_accuracy";

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    /// <inheritdoc/>
    public override void PerSample(Tensor predictions, Tensor targets, Span<float> values)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        ReadOnlySpan<float> p = predictions.AsReadOnlySpan(), t = targets.AsReadOnlySpan();
        int outputs = p.Length / Math.Max(1, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            int right = 0;
            for (int j = i * outputs; j < (i + 1) * outputs; j++)
                if (p[j] > threshold == t[j] > 0.5f) right++;
            values[i] = right / (float)outputs;
        }
    }
}
