using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// SGD with momentum and a rate per parameter: v = μ·v − lr·η·‖w‖/‖g‖·g, w += v, for large batches. Where a norm is 0, η·‖w‖/‖g‖ is taken as 1. You, Gitman and
/// Ginsburg 2017, whose decay inside the ratio is the regularizer <c>L2(λ/2)</c>. As in optax; not in Keras, nor in PyTorch's core.
/// </summary>
public sealed class Lars : Optimizer
{
    /// <summary>LARS.</summary>
    /// <param name="learningRate">Step size; 1 by default, so that a parameter moves by η of its norm.</param>
    /// <param name="momentum">μ in [0, 1); 0.9 by default.</param>
    /// <param name="nesterov">Look ahead by one step; false by default.</param>
    public Lars(double learningRate = 1, double momentum = 0.9, bool nesterov = false) : base(learningRate)
        => (Momentum, Nesterov) = (Setting.Share(momentum, nameof(momentum)), nesterov);

    /// <summary>LARS with a schedule.</summary>
    /// <param name="learningRate">The step size as a function of the step.</param>
    /// <param name="momentum">μ in [0, 1); 0.9 by default.</param>
    /// <param name="nesterov">Look ahead by one step; false by default.</param>
    public Lars(Schedule learningRate, double momentum = 0.9, bool nesterov = false) : base(learningRate)
        => (Momentum, Nesterov) = (Setting.Share(momentum, nameof(momentum)), nesterov);

    /// <summary>Momentum μ: the fraction of the last step that is kept, in [0, 1); 0.9 by default.</summary>
    public double Momentum { get; init => field = Setting.Share(value); }

    /// <summary>Whether the step looks ahead; false by default.</summary>
    public bool Nesterov { get; init; }

    /// <summary>The trust coefficient η, > 0; 0.001 by default.</summary>
    public double TrustCoefficient { get; init => field = Setting.Positive(value); } = 0.001;

    private protected override int? StateBuffers => 1;

    /// <inheritdoc/>
    protected override bool ByParameter => true;

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(Momentum), (float)Momentum);
        settings.Set(nameof(Nesterov), Nesterov);
        settings.Set(nameof(TrustCoefficient), (float)TrustCoefficient);
    }

    /// <inheritdoc/>
    protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t)
    {
        double ratio = TrustRatio.Of(w, g, (float)TrustCoefficient);
        OptimizerLoop.Run(new MomentumRule((float)(Rate * ratio), (float)Momentum, Nesterov), w, g, State(0));
    }
}
