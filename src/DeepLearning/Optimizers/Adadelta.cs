using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Steps in the weights' own units: v = ρ·v + (1−ρ)·g², d = √(u + ε)/√(v + ε)·g, u = ρ·u + (1−ρ)·d², w −= lr·d. Zeiler 2012, algorithm 1 (there
/// lr is 1). Keras: <c>Adadelta</c> (PyTorch: rate 1, ρ 0.9, ε 1e-6).
/// </summary>
public sealed class Adadelta : Optimizer
{
    /// <summary>Adadelta with Keras's defaults.</summary>
    /// <param name="learningRate">Step size; 1e-3 by default, 1 in the paper.</param>
    public Adadelta(double learningRate = 1e-3) : base(learningRate) { }

    /// <summary>Adadelta with Keras's defaults and a schedule.</summary>
    /// <param name="learningRate">The step size as a function of the step.</param>
    public Adadelta(Schedule learningRate) : base(learningRate) { }

    /// <summary>Decay rate ρ of both mean squares, in [0, 1); 0.95 by default.</summary>
    public double Rho { get; init => field = Setting.Share(value); } = 0.95;

    /// <summary>Added under both roots: the first steps have length √ε; 1e-7 by default.</summary>
    public double Epsilon { get; init => field = Setting.Positive(value); } = 1e-7;

    private protected override int? StateBuffers => 2;

    /// <inheritdoc/>
    protected override float LargestGradient => LargestToSquare;

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(Rho), (float)Rho);
        settings.Set(nameof(Epsilon), (float)Epsilon);
    }

    /// <inheritdoc/>
    protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t)
        => OptimizerLoop.Run(new Rule(Rate, (float)Rho, (float)Epsilon), w, g, State(0), State(1));

    private readonly struct Rule(float rate, float rho, float epsilon) : IOptimizerRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(ref Vector512<float> w, Vector512<float> g, ref Vector512<float> v, ref Vector512<float> u, ref Vector512<float> third)
        {
            v = v * rho + g * g * (1f - rho);
            Vector512<float> e = Vector512.Create(epsilon), step = g * Vector512.Sqrt(u + e) / Vector512.Sqrt(v + e);
            u = u * rho + step * step * (1f - rho);
            w -= step * rate;
        }
    }
}
