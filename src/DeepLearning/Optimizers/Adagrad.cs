using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Each gradient divided by the root of the sum of its squares so far: a += g², w −= lr·g/√(a + ε); the step shrinks where gradients were large.
/// Duchi, Hazan and Singer 2011. Keras: <c>Adagrad</c> (PyTorch: rate 1e-2, initial sum 0, ε 1e-10 outside the root).
/// </summary>
public sealed class Adagrad : Optimizer
{
    /// <summary>Adagrad with Keras's defaults.</summary>
    /// <param name="learningRate">Step size; 1e-3 by default.</param>
    public Adagrad(double learningRate = 1e-3) : base(learningRate) { }

    /// <summary>Adagrad with Keras's defaults and a schedule.</summary>
    /// <param name="learningRate">The step size as a function of the step.</param>
    public Adagrad(Schedule learningRate) : base(learningRate) { }

    /// <summary>The sum a before the first step, ≥ 0; 0.1 by default.</summary>
    public double InitialAccumulatorValue { get; init => field = Setting.NotNegative(value); } = 0.1;

    /// <summary>Keeps the denominator away from 0; 1e-7 by default.</summary>
    public double Epsilon { get; init => field = Setting.Positive(value); } = 1e-7;

    private protected override int? StateBuffers => 1;

    /// <inheritdoc/>
    /// <remarks>2⁵¹: squares of 2¹⁰² are rounded away before a sum of them, which holds whole multiples of 2¹⁰⁴ by then, overflows.</remarks>
    protected override float LargestGradient => 2_251_799_813_685_248f;

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(InitialAccumulatorValue), (float)InitialAccumulatorValue);
        settings.Set(nameof(Epsilon), (float)Epsilon);
    }

    /// <inheritdoc/>
    protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t)
        => OptimizerLoop.Run(new Rule(Rate, (float)Epsilon), w, g, State(0, (float)InitialAccumulatorValue));

    private readonly struct Rule(float rate, float epsilon) : IOptimizerRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(ref Vector512<float> w, Vector512<float> g, ref Vector512<float> sum, ref Vector512<float> second, ref Vector512<float> third)
        {
            sum += g * g;
            w -= g * rate / Vector512.Sqrt(sum + Vector512.Create(epsilon));
        }
    }
}
