using System.Runtime.Intrinsics;

namespace DeepLearning;

/// <summary>
/// max(q·e, (q − 1)·e) with e = target − prediction, the mean over a sample's values: the quantile loss, smallest where a fraction q of the targets lies below
/// the prediction. Its slope at equality is taken to be 0. Targets have the predictions' shape; [batch] fits [batch, 1]. For an interval, say from 0.1 to 0.9,
/// give a model two outputs, each with its loss. Koenker and Bassett 1978. Keras and PyTorch have none.
/// </summary>
public sealed class Pinball : Loss
{
    /// <summary>The loss of a quantile.</summary>
    /// <param name="quantile">q, in (0, 1); 0.5 by default: the median, and half the absolute error.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not between 0 and 1.</exception>
    public Pinball(double quantile = 0.5) => Quantile = quantile;

    /// <summary>q, in (0, 1): the fraction of the targets that should lie below the prediction; 0.5 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not between 0 and 1.</exception>
    public double Quantile { get; init => field = Setting.Within(value); }

    /// <inheritdoc/>
    protected internal override bool IsRegression => true;

    /// <inheritdoc/>
    public override Tensor PerSample(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        return LossShapes.MeanOfEach(UnaryOp<Formula>.Apply(new Formula((float)Quantile), LossShapes.Fit(targets, predictions) - predictions));
    }

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(Quantile), (float)Quantile);
    }

    /// <summary>q·e above 0, (q − 1)·e below.</summary>
    private readonly struct Formula(float quantile) : IFormula
    {
        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> e) => Vector512.Max(e * quantile, e * (quantile - 1f));

        public Vector512<float> Backward(Vector512<float> e, Vector512<float> dy)
        {
            Vector512<float> above = Vector512.GreaterThan(e, Vector512<float>.Zero) & Vector512.Create(quantile);
            Vector512<float> below = Vector512.LessThan(e, Vector512<float>.Zero) & Vector512.Create(quantile - 1f);
            return (above | below) * dy;
        }
    }
}
