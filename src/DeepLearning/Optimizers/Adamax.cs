using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Adam with the largest gradient in place of the mean square: m = β₁·m + (1−β₁)·g, u = max(β₂·u, |g|), w −= lr/(1−β₁ᵗ) · m/(u + ε). Kingma and Ba 2014,
/// section 7.1. Keras: <c>Adamax</c> (PyTorch: rate 2e-3, ε 1e-8, which is added to |g|).
/// </summary>
public sealed class Adamax : Optimizer
{
    /// <summary>Adamax with Keras's defaults.</summary>
    /// <param name="learningRate">Step size; 1e-3 by default.</param>
    public Adamax(double learningRate = 1e-3) : base(learningRate) { }

    /// <summary>Adamax with Keras's defaults and a schedule.</summary>
    /// <param name="learningRate">The step size as a function of the step.</param>
    public Adamax(Schedule learningRate) : base(learningRate) { }

    /// <summary>Decay rate of the mean, in [0, 1); 0.9 by default.</summary>
    public double Beta1 { get; init => field = Setting.Share(value); } = 0.9;

    /// <summary>Decay rate of the largest gradient, in [0, 1); 0.999 by default.</summary>
    public double Beta2 { get; init => field = Setting.Share(value); } = 0.999;

    /// <summary>Keeps the denominator away from 0; 1e-7 by default.</summary>
    public double Epsilon { get; init => field = Setting.Positive(value); } = 1e-7;

    private protected override int? StateBuffers => 2;

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(Beta1), (float)Beta1);
        settings.Set(nameof(Beta2), (float)Beta2);
        settings.Set(nameof(Epsilon), (float)Epsilon);
    }

    /// <inheritdoc/>
    protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t)
    {
        float rate = (float)(Rate / (1 - Math.Pow((float)Beta1, t)));
        OptimizerLoop.Run(new Rule(rate, (float)Beta1, (float)Beta2, (float)Epsilon), w, g, State(0), State(1));
    }

    private readonly struct Rule(float rate, float beta1, float beta2, float epsilon) : IOptimizerRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(ref Vector512<float> w, Vector512<float> g, ref Vector512<float> m, ref Vector512<float> u, ref Vector512<float> third)
        {
            // Not m + (g − m)·(1 − β₁): the difference of the largest floats is infinite.
            m = m * beta1 + g * (1f - beta1);
            u = Vector512.Max(u * beta2, Vector512.Abs(g));
            w -= m / (u + Vector512.Create(epsilon)) * rate;
        }
    }
}
