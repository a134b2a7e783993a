using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// p − t·log(p + 1e-7), the mean over a sample's values: the negative log-likelihood of a count t under the predicted rate p, without the constant log t!, so
/// it may be negative. Targets are counts, or other nonnegative quantities, of the predictions' shape; [batch] fits [batch, 1]. End the model with
/// <c>Exponential()</c> (the loss is then computed from the log-rates, eˣ − t·x) or <c>Softplus()</c>. Keras: <c>Poisson</c>; PyTorch's <c>PoissonNLLLoss</c>
/// takes logarithms of rates by default (<c>log_input</c>), as <see cref="FromLogarithms"/> does.
/// </summary>
public sealed class Poisson : Loss
{
    /// <summary>Poisson loss with Keras's default.</summary>
    /// <param name="fromLogarithms">True if the model's outputs are logarithms of the rates; false by default.</param>
    public Poisson(bool fromLogarithms = false) => FromLogarithms = fromLogarithms;

    /// <summary>True if the model's outputs are logarithms of the rates, any numbers, as from a final <c>Dense</c>; false by default.</summary>
    public bool FromLogarithms { get; init; }

    /// <inheritdoc/>
    protected internal override bool IsRegression => true;

    /// <inheritdoc/>
    public override Tensor PerSample(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        Tensor t = LossShapes.Fit(targets, predictions);
        return LossShapes.MeanOfEach(FromLogarithms ? PoissonLikelihood.OfLogarithms(predictions, t) : PoissonLikelihood.OfRates(predictions, t));
    }

    /// <summary>Checks shapes, and that no target is negative.</summary>
    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output)
    {
        base.Validate(targets, output);
        LossShapes.RequireNotNegative(targets, output, Name, $"for quantities of both signs use {nameof(MeanSquaredError)}");
    }

    private protected override void RequirePredictions(Tensor predictions)
    {
        if (FromLogarithms) return;
        ReadOnlySpan<float> rates = predictions.AsReadOnlySpan();
        int wrong = Search.First(new Search.Beyond(0f, float.PositiveInfinity), rates);
        if (wrong >= 0)
            throw new ArgumentException(
                FormattableString.Invariant($"{Name} expects rates of at least 0, got {rates[wrong]} in row ")
                + $"{wrong / Math.Max(1, rates.Length / predictions.Shape[0])}: if these are logarithms of rates, set {nameof(FromLogarithms)}; "
                + "otherwise pass them through Exponential() or Softplus() first.", nameof(predictions));
    }

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(FromLogarithms), FromLogarithms);
    }

    internal override bool OfLogits => FromLogarithms;

    internal override Loss? FusedWith(Layer last)
    {
        bool any = last.OutputMeaning.CanBeLogits();
        if (FromLogarithms && !any)
            throw new ArgumentException(
                $"{Name} with {nameof(FromLogarithms)} expects logarithms of rates, but the model ends with {last}: remove one of the two.", nameof(last));
        if (!FromLogarithms && any)
            throw new ArgumentException(
                $"{Name} expects rates of at least 0, but the model ends with {last}, whose outputs may be below: end it with Exponential() or Softplus(), "
                + $"or set {nameof(FromLogarithms)} if the outputs are logarithms of rates.", nameof(last));
        return !FromLogarithms && last is Exponential ? new Poisson { FromLogarithms = true, IncludesActivation = true, Reduction = Reduction } : null;
    }
}
