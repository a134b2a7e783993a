using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Stochastic gradient descent: w −= lr·g; with momentum v = μ·v − lr·g, w += v; with Nesterov w += μ·v − lr·g. At batch size n it is plain gradient
/// descent, at 1 it is single-example SGD. Keras: <c>SGD</c>. PyTorch keeps v without the rate, which differs under a changing rate.
/// </summary>
public sealed class Sgd : Optimizer
{
    /// <summary>SGD with Keras's defaults.</summary>
    /// <param name="learningRate">Step size; 0.01 by default (PyTorch: 1e-3).</param>
    /// <param name="momentum">μ in [0, 1); 0 by default.</param>
    /// <param name="nesterov">Look ahead by one step; false by default.</param>
    public Sgd(double learningRate = 0.01, double momentum = 0, bool nesterov = false) : base(learningRate)
        => (Momentum, Nesterov) = (Setting.Share(momentum, nameof(momentum)), nesterov);

    /// <summary>SGD with a schedule.</summary>
    /// <param name="learningRate">The step size as a function of the step.</param>
    /// <param name="momentum">μ in [0, 1); 0 by default.</param>
    /// <param name="nesterov">Look ahead by one step; false by default.</param>
    public Sgd(Schedule learningRate, double momentum = 0, bool nesterov = false) : base(learningRate)
        => (Momentum, Nesterov) = (Setting.Share(momentum, nameof(momentum)), nesterov);

    /// <summary>Momentum μ: the fraction of the last step that is kept, in [0, 1); 0 by default.</summary>
    public double Momentum { get; init => field = Setting.Share(value); }

    /// <summary>Whether the step looks ahead; false by default.</summary>
    public bool Nesterov { get; init; }

    private protected override int? StateBuffers => (float)Momentum == 0f ? 0 : 1;

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(Momentum), (float)Momentum);
        settings.Set(nameof(Nesterov), Nesterov);
    }

    /// <inheritdoc/>
    protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t)
    {
        if ((float)Momentum == 0f) OptimizerLoop.Run(new Plain(Rate), w, g);
        else OptimizerLoop.Run(new MomentumRule(Rate, (float)Momentum, Nesterov), w, g, State(0));
    }

    private readonly struct Plain(float rate) : IOptimizerRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(
            ref Vector512<float> w, Vector512<float> g, ref Vector512<float> first, ref Vector512<float> second, ref Vector512<float> third) => w -= g * rate;
    }
}
