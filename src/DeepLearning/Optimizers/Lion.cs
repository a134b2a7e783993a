using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Steps of equal size in the direction of a sign: w −= lr·sign(β₁·m + (1−β₁)·g), then m = β₂·m + (1−β₂)·g; sign(0) is 0. Chen et al. 2023,
/// algorithm 2. Keras: <c>Lion</c>; it needs a rate three to ten times smaller than Adam's. Not in PyTorch's core.
/// </summary>
public sealed class Lion : Optimizer
{
    /// <summary>Lion with Keras's defaults.</summary>
    /// <param name="learningRate">Step size; 1e-3 by default.</param>
    public Lion(double learningRate = 1e-3) : base(learningRate) { }

    /// <summary>Lion with Keras's defaults and a schedule.</summary>
    /// <param name="learningRate">The step size as a function of the step.</param>
    public Lion(Schedule learningRate) : base(learningRate) { }

    /// <summary>Weight of the mean against the gradient in a step's direction, in [0, 1); 0.9 by default.</summary>
    public double Beta1 { get; init => field = Setting.Share(value); } = 0.9;

    /// <summary>Decay rate of the mean, in [0, 1); 0.99 by default.</summary>
    public double Beta2 { get; init => field = Setting.Share(value); } = 0.99;

    private protected override int? StateBuffers => 1;

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(Beta1), (float)Beta1);
        settings.Set(nameof(Beta2), (float)Beta2);
    }

    /// <inheritdoc/>
    protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t)
        => OptimizerLoop.Run(new Rule(Rate, (float)Beta1, (float)Beta2), w, g, State(0));

    private readonly struct Rule(float rate, float beta1, float beta2) : IOptimizerRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(ref Vector512<float> w, Vector512<float> g, ref Vector512<float> m, ref Vector512<float> second, ref Vector512<float> third)
        {
            Vector512<float> direction = m * beta1 + g * (1f - beta1), step = Vector512.CopySign(Vector512.Create(rate), direction);
            w -= Vector512.ConditionalSelect(Vector512.Equals(direction, Vector512<float>.Zero), Vector512<float>.Zero, step);
            m = m * beta2 + g * (1f - beta2);
        }
    }
}
