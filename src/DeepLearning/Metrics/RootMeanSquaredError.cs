namespace DeepLearning;

/// <summary>
/// √ of the mean squared error over all samples and values, in the unit of the targets; lower is better. Targets have the predictions' shape; [batch] fits
/// [batch, 1]. Keras: <c>RootMeanSquaredError</c>; scikit-learn: <c>root_mean_squared_error</c>, which takes the root of each output before averaging.
/// </summary>
public sealed class RootMeanSquaredError : MeanMetric
{
    /// <summary>The root of the mean squared error.</summary>
    /// <param name="name">The name in a history; <c>root_mean_squared_error</c> by default.</param>
    public RootMeanSquaredError(string? name = null) => Name = name ?? "root_mean_squared_error";

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <summary>Writes the mean squared error of each sample; <see cref="Result"/> is the root of their mean.</summary>
    /// <inheritdoc/>
    /// <exception cref="ShapeMismatchException">Targets do not have the predictions' shape.</exception>
    public override void PerSample(Tensor predictions, Tensor targets, Span<float> values)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        SamplePlaces.Require(Name, predictions, values);
        ReadOnlySpan<float> p = predictions.AsReadOnlySpan(), t = LossShapes.Fit(targets, predictions).AsReadOnlySpan();
        int outputs = p.Length / Math.Max(1, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            double sum = 0;
            for (int j = i * outputs; j < (i + 1) * outputs; j++) sum += ((double)p[j] - t[j]) * ((double)p[j] - t[j]);
            values[i] = (float)(sum / outputs);
        }
    }

    /// <summary>√(Σ w·error² / Σ w).</summary>
    /// <inheritdoc/>
    public override double Result(MetricSums sums) => Math.Sqrt(base.Result(sums));

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output) => LossShapes.Require(Name, targets, output);
}
