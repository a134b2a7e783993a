using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Adam with Nesterov's momentum: with μₜ = β₁·(1 − ½·0.96ᵗ) and Πₜ = μ₁·…·μₜ, w −= lr·(μₜ₊₁·m/(1−Πₜ₊₁) + (1−μₜ)·g/(1−Πₜ)) / (√(v/(1−β₂ᵗ)) + ε).
/// Dozat 2016. Keras: <c>Nadam</c> (PyTorch: rate 2e-3, ε 1e-8, 0.96 to the power of 0.004·t).
/// </summary>
public sealed class Nadam : Optimizer
{
    private long reached;
    private double product = 1;

    /// <summary>Nadam with Keras's defaults.</summary>
    /// <param name="learningRate">Step size; 1e-3 by default.</param>
    public Nadam(float learningRate = 1e-3f) : base(learningRate) { }

    /// <summary>Share of the mean that is kept, in [0, 1); 0.9 by default.</summary>
    public float Beta1 { get; init => field = RequireShare(value); } = 0.9f;

    /// <summary>Share of the mean square that is kept, in [0, 1); 0.999 by default.</summary>
    public float Beta2 { get; init => field = RequireShare(value); } = 0.999f;

    /// <summary>Keeps the denominator from 0; 1e-7 by default.</summary>
    public float Epsilon { get; init => field = Require(value, value > 0f && float.IsFinite(value), "finite and > 0"); } = 1e-7f;

    private protected override int? StateBuffers => 2;

    /// <inheritdoc/>
    protected override void DescribeSettings(StateWriter settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Write(nameof(Beta1), Beta1);
        settings.Write(nameof(Beta2), Beta2);
        settings.Write(nameof(Epsilon), Epsilon);
    }

    /// <inheritdoc/>
    protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t)
    {
        double now = MomentumAt(t), next = MomentumAt(t + 1), soFar = ProductTo(t);
        double ofMean = LearningRate * next / (1 - soFar * next), ofGradient = LearningRate * (1 - now) / (1 - soFar);
        var rule = new Rule((float)ofMean, (float)ofGradient, (float)Math.Sqrt(1 - Math.Pow(Beta2, t)), Beta1, Beta2, Epsilon);
        OptimizerLoop.Run(rule, w, g, State(0), State(1));
    }

    private double MomentumAt(long t) => Beta1 * (1 - 0.5 * Math.Pow(0.96, t));

    /// <summary>
    /// Πₜ, a function of t alone, so that a resumed run needs no further state: what the last step reached is kept only to go on from, and a step that is not
    /// after it begins anew. Once the product is below double's rounding of 1 it no longer matters.
    /// </summary>
    private double ProductTo(long t)
    {
        if (t < reached) (reached, product) = (0, 1);
        while (reached < t && product > 1e-20) product *= MomentumAt(++reached);
        return product;
    }

    private readonly struct Rule(float ofMean, float ofGradient, float correction, float beta1, float beta2, float epsilon) : IOptimizerRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(ref Vector512<float> w, Vector512<float> g, ref Vector512<float> m, ref Vector512<float> v, ref Vector512<float> third)
        {
            m += (g - m) * (1f - beta1);
            v += (g * g - v) * (1f - beta2);
            w -= (m * ofMean + g * ofGradient) / (Vector512.Sqrt(v) / correction + Vector512.Create(epsilon));
        }
    }
}
