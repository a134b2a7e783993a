using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Adam's step in proportion to the norm of each parameter: u = m/(1−β₁ᵗ) / (√(v/(1−β₂ᵗ)) + ε), w −= lr·‖w‖/‖u‖·u; the ratio is 1 where a norm is 0. For large
/// batches. You et al. 2019, algorithm 2. Keras: <c>Lamb</c>. Not in PyTorch's core. Three passes over the memory of a parameter: u, norms, update.
/// </summary>
public sealed class Lamb : Optimizer
{
    /// <summary>LAMB with Keras's defaults.</summary>
    /// <param name="learningRate">Step size; 1e-3 by default: a parameter moves by this fraction of its norm.</param>
    public Lamb(double learningRate = 1e-3) : base(learningRate) { }

    /// <summary>LAMB with Keras's defaults and a schedule.</summary>
    /// <param name="learningRate">The step size as a function of the step.</param>
    public Lamb(Schedule learningRate) : base(learningRate) { }

    /// <summary>Decay rate of the mean, in [0, 1); 0.9 by default.</summary>
    public double Beta1 { get; init => field = Setting.Share(value); } = 0.9;

    /// <summary>Decay rate of the mean square, in [0, 1); 0.999 by default.</summary>
    public double Beta2 { get; init => field = Setting.Share(value); } = 0.999;

    /// <summary>Keeps the denominator away from 0; 1e-7 by default (the paper and optax: 1e-6).</summary>
    public double Epsilon { get; init => field = Setting.Positive(value); } = 1e-7;

    /// <summary>
    /// Whether weight decay is part of u, so that the ratio limits both, as in the paper and in optax; false by default: it is applied before, as in Keras.
    /// </summary>
    public bool DecayInRatio { get; init; }

    private protected override int? StateBuffers => 2;

    private protected override double DecayBefore => DecayInRatio ? 0 : WeightDecay;

    /// <inheritdoc/>
    protected override bool ByParameter => true;

    /// <inheritdoc/>
    protected override float LargestGradient => LargestToSquare;

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(Beta1), (float)Beta1);
        settings.Set(nameof(Beta2), (float)Beta2);
        settings.Set(nameof(Epsilon), (float)Epsilon);
        settings.Set(nameof(DecayInRatio), DecayInRatio);
    }

    /// <inheritdoc/>
    protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t)
    {
        float beta1 = (float)Beta1, beta2 = (float)Beta2, decay = DecayInRatio && Decays ? (float)WeightDecay : 0f;
        float ofMean = (float)(1 / (1 - Math.Pow(beta1, t))), ofSquare = (float)Math.Sqrt(1 - Math.Pow(beta2, t));
        Span<float> step = Scratch(0, w.Length);
        OptimizerLoop.Run(new Rule(ofMean, ofSquare, beta1, beta2, (float)Epsilon, decay), w, g, State(0), State(1), step);
        Elementwise.Map(new ScaledBy((float)(-Rate * TrustRatio.Of(w, step))), step, w, accumulate: true);
    }

    /// <summary>Leaves w unchanged: the step's length is not known yet.</summary>
    private readonly struct Rule(float ofMean, float ofSquare, float beta1, float beta2, float epsilon, float decay) : IOptimizerRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(ref Vector512<float> w, Vector512<float> g, ref Vector512<float> m, ref Vector512<float> v, ref Vector512<float> step)
        {
            m += (g - m) * (1f - beta1);
            v += (g * g - v) * (1f - beta2);
            step = m * ofMean / (Vector512.Sqrt(v) / ofSquare + Vector512.Create(epsilon)) + w * decay;
        }
    }
}
