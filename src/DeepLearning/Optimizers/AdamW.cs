using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Adam with decoupled weight decay: w −= lr·decay·w, then Adam's step. Loshchilov and Hutter 2017, algorithm 2. Keras: <c>AdamW</c>, its decay of
/// 0.004 on every parameter (PyTorch: 0.01, ε 1e-8 added after the correction of v).
/// </summary>
public sealed class AdamW : Optimizer
{
    /// <summary>AdamW with Keras's defaults.</summary>
    /// <param name="learningRate">Step size; 1e-3 by default.</param>
    /// <param name="weightDecay">The fraction of a weight, times the rate, that is subtracted at each step; 0.004 by default.</param>
    public AdamW(double learningRate = 1e-3, double weightDecay = 0.004) : base(learningRate) => WeightDecay = weightDecay;

    /// <summary>AdamW with Keras's defaults and a schedule.</summary>
    /// <param name="learningRate">The step size as a function of the step.</param>
    /// <param name="weightDecay">The fraction of a weight, times the rate, that is subtracted at each step; 0.004 by default.</param>
    public AdamW(Schedule learningRate, double weightDecay = 0.004) : base(learningRate) => WeightDecay = weightDecay;

    /// <summary>Decay rate of the mean, in [0, 1); 0.9 by default.</summary>
    public double Beta1 { get; init => field = Setting.Share(value); } = 0.9;

    /// <summary>Decay rate of the mean square, in [0, 1); 0.999 by default.</summary>
    public double Beta2 { get; init => field = Setting.Share(value); } = 0.999;

    /// <summary>Keeps the denominator away from 0; 1e-7 by default.</summary>
    public double Epsilon { get; init => field = Setting.Positive(value); } = 1e-7;

    /// <summary>Divides by the largest v so far instead of v (Reddi et al. 2018); false by default.</summary>
    public bool AmsGrad { get; init; }

    private protected override int? StateBuffers => AmsGrad ? 3 : 2;

    /// <inheritdoc/>
    protected override float LargestGradient => LargestToSquare;

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(Beta1), (float)Beta1);
        settings.Set(nameof(Beta2), (float)Beta2);
        settings.Set(nameof(Epsilon), (float)Epsilon);
        settings.Set(nameof(AmsGrad), AmsGrad);
    }

    /// <inheritdoc/>
    protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t)
        => OptimizerLoop.Run(
            AdamRule.At(t, Rate, (float)Beta1, (float)Beta2, (float)Epsilon, AmsGrad), w, g, State(0), State(1), AmsGrad ? State(2) : default);
}
