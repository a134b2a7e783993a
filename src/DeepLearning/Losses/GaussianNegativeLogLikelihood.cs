namespace DeepLearning;

/// <summary>
/// ½·(s + (μ − t)²·e^−s), the mean over a sample's values: the negative log-likelihood of a target t under a normal distribution with mean μ and variance e^s,
/// so that a model estimates the uncertainty of each prediction. Predictions are [batch, …, 2·k]: first k means μ, then k log-variances s, as from a final
/// <c>Dense(2 * k)</c>. Targets are [batch, …, k]; [batch] fits k = 1. Of the two common parametrizations this one is safe: any s gives a variance above 0, and
/// no root or division can fail. PyTorch's <c>GaussianNLLLoss</c> is the same with var = e^s as a separate argument; Keras has none. Nix and Weigend 1994.
/// </summary>
public sealed class GaussianNegativeLogLikelihood : Loss
{
    private const float HalfLogTwoPi = 0.918938533f;

    /// <summary>Whether the constant ½·log 2π is added; false by default, as PyTorch's <c>full</c>.</summary>
    public bool Full { get; init; }

    /// <summary>The minimum variance ε, > 0: smaller ones count as ε; 1e-6 by default, as PyTorch's <c>eps</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive and finite.</exception>
    public double Epsilon { get; init => field = Setting.Positive(value); } = 1e-6;

    /// <inheritdoc/>
    protected internal override bool IsRegression => true;

    /// <inheritdoc/>
    public override Tensor PerSample(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        if (predictions.Rank < 2 || predictions.Shape[-1] % 2 != 0) throw NoPairs(predictions.Shape.ToString());
        int k = predictions.Shape[-1] / 2;
        Tensor means = predictions.Slice(-1, 0, k), logVariances = predictions.Slice(-1, k, k);
        Tensor loss = LossShapes.MeanOfEach(GaussianLikelihood.Apply(means - LossShapes.Fit(targets, means), logVariances, MathF.Log((float)Epsilon)));
        return Full ? loss + HalfLogTwoPi : loss;
    }

    /// <summary>Checks that there is a target for each mean.</summary>
    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output)
    {
        ArgumentNullException.ThrowIfNull(targets);
        RequireOutput(output);
        Span<int> means = stackalloc int[output.Rank];
        output.Dimensions.CopyTo(means);
        means[^1] /= 2;
        if (targets.Rank == 0 || !Shape.EqualButForOnes(targets.Shape.Dimensions[1..], means))
            throw new ShapeMismatchException(
                $"{Name} expects a target for each of {output[-1] / 2} means, {new Shape(means).WithBatch()}, for the model's output {output.WithBatch()} "
                + $"of means and logarithms of variances, got {targets.Shape}.", nameof(targets));
    }

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(Full), Full);
        settings.Set(nameof(Epsilon), (float)Epsilon);
    }

    internal override void RequireOutput(Shape output)
    {
        if (output.Rank == 0 || output[-1] % 2 != 0) throw NoPairs(output.WithBatch());
    }

    internal override Loss? FusedWith(Layer last)
        => last.OutputMeaning == OutputMeaning.Values
            ? null
            : throw new ArgumentException(
                $"{Name} expects means and logarithms of variances, any numbers, but the model ends with {last}: remove it.", nameof(last));

    private ShapeMismatchException NoPairs(string shape)
        => new($"{Name} expects an output [batch, 2·k], k means and then k logarithms of variances, got {shape}: for one target end the model with Dense(2).");
}
