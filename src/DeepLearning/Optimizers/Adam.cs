using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Moving averages of the gradient and its square: m = β₁·m + (1−β₁)·g, v = β₂·v + (1−β₂)·g², w −= lr·√(1−β₂ᵗ)/(1−β₁ᵗ) · m/(√v + ε).
/// Kingma and Ba 2014. Keras: <c>Adam</c>, its ε (PyTorch: 1e-8, added after the correction of v).
/// </summary>
public sealed class Adam : Optimizer
{
    /// <summary>Adam with Keras's defaults.</summary>
    /// <param name="learningRate">Step size; 1e-3 by default.</param>
    public Adam(float learningRate = 1e-3f) : base(learningRate) { }

    /// <summary>Share of the mean that is kept, in [0, 1); 0.9 by default.</summary>
    public float Beta1 { get; init => field = RequireShare(value); } = 0.9f;

    /// <summary>Share of the mean square that is kept, in [0, 1); 0.999 by default.</summary>
    public float Beta2 { get; init => field = RequireShare(value); } = 0.999f;

    /// <summary>Keeps the denominator from 0; 1e-7 by default.</summary>
    public float Epsilon { get; init => field = Require(value, value > 0f && float.IsFinite(value), "finite and > 0"); } = 1e-7f;

    /// <inheritdoc/>
    protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t)
    {
        double rate = LearningRate * Math.Sqrt(1 - Math.Pow(Beta2, t)) / (1 - Math.Pow(Beta1, t));
        OptimizerLoop.Run(new AdamRule((float)rate, Beta1, Beta2, Epsilon), w, g, State(0), State(1));
    }
}

/// <summary>The rule that Adam and AdamW share.</summary>
internal readonly struct AdamRule(float rate, float beta1, float beta2, float epsilon) : IOptimizerRule
{
    public void Invoke(ref Vector512<float> w, Vector512<float> g, ref Vector512<float> m, ref Vector512<float> v)
    {
        m += (g - m) * (1f - beta1);
        v += (g * g - v) * (1f - beta2);
        w -= m * rate / (Vector512.Sqrt(v) + Vector512.Create(epsilon));
    }
}
