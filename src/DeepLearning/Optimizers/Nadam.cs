using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Adam with Nesterov's momentum: with μₜ = β₁·(1 − ½·0.96^(ψt)) and Πₜ = μ₁·…·μₜ, w −= lr·(μₜ₊₁·m/(1−Πₜ₊₁) + (1−μₜ)·g/(1−Πₜ)) / (√(v/(1−β₂ᵗ)) + ε).
/// Dozat 2016. Keras: <c>Nadam</c> (PyTorch: rate 2e-3, ε 1e-8, <see cref="MomentumDecay"/> ψ 0.004).
/// </summary>
public sealed class Nadam : Optimizer
{
    private long reached;
    private double product = 1;

    /// <summary>Nadam with Keras's defaults.</summary>
    /// <param name="learningRate">Step size; 1e-3 by default.</param>
    public Nadam(double learningRate = 1e-3) : base(learningRate) { }

    /// <summary>Nadam with Keras's defaults and a schedule.</summary>
    /// <param name="learningRate">The step size as a function of the step.</param>
    public Nadam(Schedule learningRate) : base(learningRate) { }

    /// <summary>Decay rate of the mean, in [0, 1); 0.9 by default.</summary>
    public double Beta1 { get; init => field = Setting.Share(value); } = 0.9;

    /// <summary>Decay rate of the mean square, in [0, 1); 0.999 by default.</summary>
    public double Beta2 { get; init => field = Setting.Share(value); } = 0.999;

    /// <summary>Keeps the denominator away from 0; 1e-7 by default.</summary>
    public double Epsilon { get; init => field = Setting.Positive(value); } = 1e-7;

    /// <summary>How fast the momentum comes to β₁: ψ, ≥ 0; 1 by default, as in Keras. The paper and PyTorch have 0.004.</summary>
    public double MomentumDecay { get; init => field = Setting.NotNegative(value); } = 1;

    private protected override int? StateBuffers => 2;

    /// <inheritdoc/>
    protected override float LargestGradient => LargestToSquare;

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(Beta1), (float)Beta1);
        settings.Set(nameof(Beta2), (float)Beta2);
        settings.Set(nameof(Epsilon), (float)Epsilon);
        settings.Set(nameof(MomentumDecay), (float)MomentumDecay);
    }

    /// <inheritdoc/>
    protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t)
    {
        double now = MomentumAt(t), next = MomentumAt(t + 1), soFar = ProductTo(t);
        double ofMean = Rate * next / (1 - soFar * next), ofGradient = Rate * (1 - now) / (1 - soFar);
        float beta2 = (float)Beta2;
        var rule = new Rule((float)ofMean, (float)ofGradient, (float)Math.Sqrt(1 - Math.Pow(beta2, t)), (float)Beta1, beta2, (float)Epsilon);
        OptimizerLoop.Run(rule, w, g, State(0), State(1));
    }

    private double MomentumAt(long t) => (float)Beta1 * (1 - 0.5 * Math.Pow(0.96, (double)(float)MomentumDecay * t));

    /// <summary>
    /// Πₜ, a function of t alone, so a resumed run needs no further state: the product of the last step is only cached, and any step but the next starts over.
    /// Once the product is below double's rounding of 1 it no longer matters.
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
