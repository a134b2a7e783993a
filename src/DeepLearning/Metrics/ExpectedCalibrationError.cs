namespace DeepLearning;

/// <summary>
/// How far probabilities are from frequencies: Σ n_b / n · |accuracy_b − confidence_b| over bins of equal width, where the confidence of a sample is the
/// largest probability, or for one output the probability itself, with the share of ones as the accuracy. From 0 to 1, lower is better; NaN if a prediction is,
/// or if no sample counts. Targets are labels, one-hot rows, or 0 and 1. Guo et al. 2017, equation 3; torchmetrics: <c>CalibrationError</c> with
/// <c>norm="l1"</c>.
/// </summary>
public sealed class ExpectedCalibrationError : Metric
{
    /// <summary>The expected calibration error.</summary>
    /// <param name="bins">The number of bins, 1 or more; 15 by default. A bin includes its lower end but not its upper one, except the last.</param>
    /// <param name="name">The name in a history; <c>expected_calibration_error</c> by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no bins.</exception>
    public ExpectedCalibrationError(int bins = 15, string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        (Bins, Name) = (bins, name ?? "expected_calibration_error");
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <summary>The number of bins.</summary>
    public int Bins { get; }

    /// <summary>2·bins + 1: Σ w·confidence and Σ w·right of each bin, and Σ w.</summary>
    public override int Size => 2 * Bins + 1;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Targets are not classes, or a prediction is not from 0 to 1; nothing is added.</exception>
    public override void Accumulate(Tensor predictions, Tensor targets, Tensor? weights, MetricSums sums)
    {
        ClassPlaces places = ClassReading.ReadAny(Name, predictions, targets);
        places.RequireProbabilities(Name);
        ReadOnlySpan<float> w = WeightsOf(weights, predictions);
        Span<double> bins = SumsOf(sums);
        for (int i = 0; i < places.Count; i++)
        {
            double weight = w.IsEmpty ? 1 : w[i / places.InSample];
            if (weight == 0) continue;
            int predicted = places.Outputs == 1 ? 1 : ClassRows.Chosen(places[i]);
            float confidence = predicted < 0 ? float.NaN : places[i][places.Outputs == 1 ? 0 : predicted];
            if (float.IsNaN(confidence))
            {
                bins.Fill(double.NaN);
                return;
            }

            int bin = Math.Min((int)(confidence * Bins), Bins - 1);
            bins[bin] += weight * confidence;
            if (places.Actual(i) == predicted) bins[Bins + bin] += weight;
            bins[^1] += weight;
        }
    }

    /// <inheritdoc/>
    public override double Result(MetricSums sums)
    {
        Span<double> bins = SumsOf(sums);
        double gap = 0;
        for (int bin = 0; bin < Bins; bin++) gap += Math.Abs(bins[Bins + bin] - bins[bin]);
        return gap / bins[^1];
    }

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output) => ClassReading.ValidateClasses(Name, targets, output);

    /// <summary>For example <c>ExpectedCalibrationError(15)</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{nameof(ExpectedCalibrationError)}({Bins})");

    internal override Metric FormFor(Loss loss, Layer last, Shape output)
    {
        ClassReading.Of(this, averaging: null, loss, last, output);
        return this;
    }
}
