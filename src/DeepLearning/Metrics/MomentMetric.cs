namespace DeepLearning;

/// <summary>
/// A figure computed from means, variances and the covariance of targets and predictions over the samples (<see cref="Moments"/>): the mean over outputs, as in
/// scikit-learn's <c>multioutput="uniform_average"</c>. Targets have the predictions' shape; [batch] fits [batch, 1].
/// </summary>
public abstract class MomentMetric : Metric
{
    private int outputs = 1;

    /// <summary>A figure computed from moments.</summary>
    /// <param name="name">The name in a history.</param>
    protected MomentMetric(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <inheritdoc/>
    public sealed override string Name { get; }

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    /// <summary>The number of values in a prediction; 1 by default. A model sets it; otherwise set it yourself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1.</exception>
    public int Outputs
    {
        get => outputs;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            outputs = value;
        }
    }

    /// <summary>7·outputs + 1.</summary>
    public sealed override int Size => Moments.Size * outputs + 1;

    /// <summary>The figure of one output.</summary>
    /// <param name="moments">Its moments.</param>
    protected abstract double Of(Moments moments);

    /// <summary>Adds a batch.</summary>
    /// <inheritdoc/>
    /// <exception cref="ShapeMismatchException">Targets do not have the predictions' shape, or a prediction does not have <see cref="Outputs"/>
    /// values.</exception>
    /// <exception cref="ArgumentException">A weight is negative or not finite; nothing is added.</exception>
    public sealed override void Accumulate(Tensor predictions, Tensor targets, Tensor? weights, MetricSums sums)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        if (predictions.Rank == 0 || predictions.Count != predictions.Shape.Dimensions[0] * outputs)
        {
            throw new ShapeMismatchException(
                $"{Name} expects {outputs} value{(outputs == 1 ? "" : "s")} for each sample, but the predictions are {predictions.Shape}: by hand set "
                + $"{nameof(Outputs)}; Compile does it by itself.", nameof(predictions));
        }

        ReadOnlySpan<float> p = predictions.AsReadOnlySpan(), t = LossShapes.Fit(targets, predictions).AsReadOnlySpan(), w = WeightsOf(weights, predictions);
        Span<double> into = SumsOf(sums);
        for (int i = 0; i < p.Length / outputs; i++)
        {
            double weight = w.IsEmpty ? 1 : w[i];
            if (weight == 0) continue;
            into[^1] += weight;
            for (int o = 0; o < outputs; o++) Moments.Add(into.Slice(o * Moments.Size, Moments.Size), p[i * outputs + o], t[i * outputs + o], weight);
        }
    }

    /// <summary>The mean of the outputs' figures; NaN where one is undefined or a prediction was NaN.</summary>
    /// <inheritdoc/>
    public sealed override double Result(MetricSums sums)
    {
        Span<double> all = SumsOf(sums);
        double sum = 0;
        for (int o = 0; o < outputs; o++) sum += Of(new Moments(all.Slice(o * Moments.Size, Moments.Size), all[^1]));
        return sum / outputs;
    }

    /// <inheritdoc/>
    public sealed override void Validate(Tensor targets, Shape output) => LossShapes.Require(Name, targets, output);

    internal sealed override Metric FormFor(Loss loss, Layer last, Shape output)
    {
        var form = (MomentMetric)MemberwiseClone();
        form.outputs = output.Size;
        return form;
    }
}
