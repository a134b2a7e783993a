using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Each gradient divided by its running root mean square: v = ρ·v + (1−ρ)·g², w −= lr·g/√(v + ε). Tieleman and Hinton 2012, lecture 6.5.
/// Keras: <c>RMSprop</c> (PyTorch: rate 1e-2, ρ 0.99, ε 1e-8 outside the root).
/// </summary>
public sealed class RmsProp : Optimizer
{
    /// <summary>RmsProp with Keras's defaults.</summary>
    /// <param name="learningRate">Step size; 1e-3 by default.</param>
    public RmsProp(double learningRate = 1e-3) : base(learningRate) { }

    /// <summary>RmsProp with Keras's defaults and a schedule.</summary>
    /// <param name="learningRate">The step size as a function of the step.</param>
    public RmsProp(Schedule learningRate) : base(learningRate) { }

    /// <summary>Decay rate ρ of the mean square, in [0, 1); 0.9 by default.</summary>
    public double Rho { get; init => field = Setting.Share(value); } = 0.9;

    /// <summary>Momentum: the fraction of the last step that is kept, in [0, 1): s = momentum·s + lr·g/√(v + ε), w −= s; 0 by default.</summary>
    public double Momentum { get; init => field = Setting.Share(value); }

    /// <summary>Divides by the root of the variance v − m², m the running mean of g, instead of the mean square; false by default.</summary>
    public bool Centered { get; init; }

    /// <summary>Keeps the denominator away from 0; 1e-7 by default.</summary>
    public double Epsilon { get; init => field = Setting.Positive(value); } = 1e-7;

    private protected override int? StateBuffers => (float)Momentum > 0f ? 3 : Centered ? 2 : 1;

    /// <inheritdoc/>
    protected override float LargestGradient => LargestToSquare;

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(Rho), (float)Rho);
        settings.Set(nameof(Momentum), (float)Momentum);
        settings.Set(nameof(Centered), Centered);
        settings.Set(nameof(Epsilon), (float)Epsilon);
    }

    /// <inheritdoc/>
    protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t)
        => OptimizerLoop.Run(
            new Rule(Rate, (float)Rho, (float)Momentum, (float)Epsilon, Centered),
            w, g, State(0), Centered ? State(1) : default, (float)Momentum > 0f ? State(2) : default);

    private readonly struct Rule(float rate, float rho, float momentum, float epsilon, bool centered) : IOptimizerRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(ref Vector512<float> w, Vector512<float> g, ref Vector512<float> v, ref Vector512<float> mean, ref Vector512<float> last)
        {
            v = v * rho + g * g * (1f - rho);
            Vector512<float> spread = v;
            if (centered)
            {
                mean = mean * rho + g * (1f - rho);
                // For a constant gradient v − m² is 0, which rounding can make negative.
                spread = Vector512.Max(v - mean * mean, Vector512<float>.Zero);
            }

            last = last * momentum + g * rate / Vector512.Sqrt(spread + Vector512.Create(epsilon));
            w -= last;
        }
    }
}
