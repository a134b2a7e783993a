using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Adam that waits for its mean square: with ρ∞ = 2/(1−β₂) − 1 and ρ = ρ∞ − 2t·β₂ᵗ/(1−β₂ᵗ), while ρ ≤ 5: w −= lr·m/(1−β₁ᵗ); after that Adam's step times
/// √((ρ−4)(ρ−2)ρ∞ / ((ρ∞−4)(ρ∞−2)ρ)), a built-in warm-up. Liu et al. 2019, algorithm 2. PyTorch: <c>RAdam</c>, ε 1e-8. Not in Keras's core.
/// </summary>
public sealed class RAdam : Optimizer
{
    /// <summary>RAdam with Adam's defaults.</summary>
    /// <param name="learningRate">Step size; 1e-3 by default.</param>
    public RAdam(double learningRate = 1e-3) : base(learningRate) { }

    /// <summary>RAdam with Adam's defaults and a schedule.</summary>
    /// <param name="learningRate">The step size as a function of the step.</param>
    public RAdam(Schedule learningRate) : base(learningRate) { }

    /// <summary>Decay rate of the mean, in [0, 1); 0.9 by default.</summary>
    public double Beta1 { get; init => field = Setting.Share(value); } = 0.9;

    /// <summary>Decay rate of the mean square, in [0, 1); 0.999 by default. Up to 0.6 the mean square is never used.</summary>
    public double Beta2 { get; init => field = Setting.Share(value); } = 0.999;

    /// <summary>Keeps the denominator away from 0; 1e-7 by default.</summary>
    public double Epsilon { get; init => field = Setting.Positive(value); } = 1e-7;

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
    }

    /// <inheritdoc/>
    protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t)
    {
        float beta1 = (float)Beta1, beta2 = (float)Beta2;
        double power = Math.Pow(beta2, t), longest = 2 / (1.0 - beta2) - 1, length = longest - 2 * t * power / (1 - power);
        if (length <= 5)
        {
            OptimizerLoop.Run(new WithoutSquares((float)(Rate / (1 - Math.Pow(beta1, t))), beta1, beta2), w, g, State(0), State(1));
            return;
        }

        double rectified = Math.Sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
        OptimizerLoop.Run(AdamRule.At(t, (float)(Rate * rectified), beta1, beta2, (float)Epsilon, amsGrad: false), w, g, State(0), State(1));
    }

    private readonly struct WithoutSquares(float rate, float beta1, float beta2) : IOptimizerRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(ref Vector512<float> w, Vector512<float> g, ref Vector512<float> m, ref Vector512<float> v, ref Vector512<float> third)
        {
            m += (g - m) * (1f - beta1);
            v += (g * g - v) * (1f - beta2);
            w -= m * rate;
        }
    }
}
