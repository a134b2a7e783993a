using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Adam that divides by how far gradients deviate from their mean: m = β₁·m + (1−β₁)·g, s = β₂·s + (1−β₂)·(g−m)², w −= lr·√(1−β₂ᵗ)/(1−β₁ᵗ) · m/(√s + ε). Zhuang
/// et al. 2020, with the ε of its authors' code, here only outside the root. Not in Keras's core, nor in PyTorch's.
/// </summary>
public sealed class AdaBelief : Optimizer
{
    /// <summary>AdaBelief with its authors' defaults.</summary>
    /// <param name="learningRate">Step size; 1e-3 by default.</param>
    public AdaBelief(double learningRate = 1e-3) : base(learningRate) { }

    /// <summary>AdaBelief with its authors' defaults and a schedule.</summary>
    /// <param name="learningRate">The step size as a function of the step.</param>
    public AdaBelief(Schedule learningRate) : base(learningRate) { }

    /// <summary>Decay rate of the mean, in [0, 1); 0.9 by default.</summary>
    public double Beta1 { get; init => field = Setting.Share(value); } = 0.9;

    /// <summary>Decay rate of the mean squared distance, in [0, 1); 0.999 by default.</summary>
    public double Beta2 { get; init => field = Setting.Share(value); } = 0.999;

    /// <summary>Keeps the denominator away from 0; 1e-16 by default.</summary>
    public double Epsilon { get; init => field = Setting.Positive(value); } = 1e-16;

    private protected override int? StateBuffers => 2;

    /// <inheritdoc/>
    /// <remarks>2⁶²: a gradient's distance from the mean of others may be twice as large.</remarks>
    protected override float LargestGradient => LargestToSquare / 2;

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
        float beta1 = (float)Beta1, beta2 = (float)Beta2;
        float rate = (float)(Rate * Math.Sqrt(1 - Math.Pow(beta2, t)) / (1 - Math.Pow(beta1, t)));
        OptimizerLoop.Run(new Rule(rate, beta1, beta2, (float)Epsilon), w, g, State(0), State(1));
    }

    private readonly struct Rule(float rate, float beta1, float beta2, float epsilon) : IOptimizerRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(ref Vector512<float> w, Vector512<float> g, ref Vector512<float> m, ref Vector512<float> s, ref Vector512<float> third)
        {
            m += (g - m) * (1f - beta1);
            Vector512<float> distance = g - m;
            s += (distance * distance - s) * (1f - beta2);
            w -= m * rate / (Vector512.Sqrt(s) + Vector512.Create(epsilon));
        }
    }
}
