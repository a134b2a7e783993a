using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Adam whose mean square changes by at most a fraction of g²: m = β₁·m + (1−β₁)·g, v −= (1−β₂)·sign(v − g²)·g², w −= lr/(1−β₁ᵗ) · m/(√(v/(1−β₂ᵗ)) + ε). Zaheer
/// et al. 2018, algorithm 2, with its rate and ε. Not in Keras's core, nor in PyTorch's; optax also starts m at the initial accumulator.
/// </summary>
public sealed class Yogi : Optimizer
{
    /// <summary>Yogi with the paper's defaults.</summary>
    /// <param name="learningRate">Step size; 0.01 by default.</param>
    public Yogi(double learningRate = 0.01) : base(learningRate) { }

    /// <summary>Yogi with the paper's defaults and a schedule.</summary>
    /// <param name="learningRate">The step size as a function of the step.</param>
    public Yogi(Schedule learningRate) : base(learningRate) { }

    /// <summary>Decay rate of the mean, in [0, 1); 0.9 by default.</summary>
    public double Beta1 { get; init => field = Setting.Share(value); } = 0.9;

    /// <summary>1 less the fraction of g² by which v changes, in [0, 1); 0.999 by default.</summary>
    public double Beta2 { get; init => field = Setting.Share(value); } = 0.999;

    /// <summary>v before the first step, ≥ 0; 1e-6 by default.</summary>
    public double InitialAccumulatorValue { get; init => field = Setting.NotNegative(value); } = 1e-6;

    /// <summary>Keeps the denominator away from 0; 1e-3 by default.</summary>
    public double Epsilon { get; init => field = Setting.Positive(value); } = 1e-3;

    private protected override int? StateBuffers => 2;

    /// <inheritdoc/>
    protected override float LargestGradient => LargestToSquare;

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(Beta1), (float)Beta1);
        settings.Set(nameof(Beta2), (float)Beta2);
        settings.Set(nameof(InitialAccumulatorValue), (float)InitialAccumulatorValue);
        settings.Set(nameof(Epsilon), (float)Epsilon);
    }

    /// <inheritdoc/>
    protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t)
    {
        float beta1 = (float)Beta1, beta2 = (float)Beta2;
        float rate = (float)(Rate / (1 - Math.Pow(beta1, t))), correction = (float)Math.Sqrt(1 - Math.Pow(beta2, t));
        OptimizerLoop.Run(new Rule(rate, correction, beta1, beta2, (float)Epsilon), w, g, State(0), State(1, (float)InitialAccumulatorValue));
    }

    private readonly struct Rule(float rate, float correction, float beta1, float beta2, float epsilon) : IOptimizerRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(ref Vector512<float> w, Vector512<float> g, ref Vector512<float> m, ref Vector512<float> v, ref Vector512<float> third)
        {
            m += (g - m) * (1f - beta1);
            Vector512<float> square = g * g, change = Vector512.CopySign(square * (1f - beta2), square - v);
            v += Vector512.ConditionalSelect(Vector512.Equals(square, v), Vector512<float>.Zero, change);
            w -= m * rate / (Vector512.Sqrt(v) / correction + Vector512.Create(epsilon));
        }
    }
}
