using System.Runtime.Intrinsics;

namespace DeepLearning;

/// <summary>
/// ½·e² where |e| ≤ δ, else δ·|e| − ½·δ², e = prediction − target, the mean over a sample's values: like squared error, but not dominated by outliers.
/// Huber 1964; Keras: <c>Huber</c>, PyTorch: <c>HuberLoss</c>. Targets have the predictions' shape; [batch] fits [batch, 1].
/// </summary>
public sealed class Huber : Loss
{
    /// <summary>Huber's loss with Keras's default.</summary>
    /// <param name="delta">The error δ from which the loss grows linearly, > 0; 1 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not positive and finite.</exception>
    public Huber(double delta = 1) => Delta = delta;

    /// <summary>The error δ from which the loss grows linearly, > 0; 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive and finite.</exception>
    public double Delta { get; init => field = Setting.Positive(value); }

    /// <inheritdoc/>
    protected internal override bool IsRegression => true;

    /// <inheritdoc/>
    public override Tensor PerSample(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        return LossShapes.MeanOfEach(UnaryOp<Formula>.Apply(new Formula((float)Delta), predictions - LossShapes.Fit(targets, predictions)));
    }

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(Delta), (float)Delta);
    }

    /// <summary>q·(|e| − q/2) with q = min(|e|, δ); the slope is e, kept within ±δ.</summary>
    private readonly struct Formula(float delta) : IFormula
    {
        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> e)
        {
            Vector512<float> size = Vector512.Abs(e), q = Vector512.Min(size, Vector512.Create(delta));
            return q * (size - q * 0.5f);
        }

        public Vector512<float> Backward(Vector512<float> e, Vector512<float> dy)
            => Vector512.Min(Vector512.Max(e, Vector512.Create(-delta)), Vector512.Create(delta)) * dy;
    }
}
