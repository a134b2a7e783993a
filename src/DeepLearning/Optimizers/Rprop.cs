using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Steps by the sign alone, for full-batch training: s is multiplied by 1.2 where the gradient keeps its sign and by 0.5 where it changes it, and
/// w −= lr·s·sign(g), but not at all where it has just changed. Riedmiller and Braun 1993; Igel and Hüsken 2000: iRprop−. PyTorch: <c>Rprop</c>, whose bounds
/// are steps, 1e-6 and 50, equal to these factors at its rate. Not in Keras.
/// </summary>
public sealed class Rprop : Optimizer
{
    /// <summary>Rprop with PyTorch's defaults.</summary>
    /// <param name="learningRate">The first step, and the unit of all others; 0.01 by default.</param>
    public Rprop(double learningRate = 0.01) : base(learningRate) { }

    /// <summary>Rprop with PyTorch's defaults and a schedule.</summary>
    /// <param name="learningRate">The unit of steps as a function of the step.</param>
    public Rprop(Schedule learningRate) : base(learningRate) { }

    /// <summary>What a step is multiplied by where the sign changes, in [0, 1); 0.5 by default.</summary>
    public double EtaMinus { get; init => field = Setting.Positive(Setting.Share(value)); } = 0.5;

    /// <summary>What a step is multiplied by where the sign stays, > 0; 1.2 by default.</summary>
    public double EtaPlus { get; init => field = Setting.Positive(value); } = 1.2;

    /// <summary>The smallest factor s, > 0; 1e-4 by default.</summary>
    public double MinFactor { get; init => field = Setting.Positive(value); } = 1e-4;

    /// <summary>The largest factor s, > 0; 5000 by default.</summary>
    public double MaxFactor { get; init => field = Setting.Positive(value); } = 5000;

    private protected override int? StateBuffers => 2;

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(EtaMinus), (float)EtaMinus);
        settings.Set(nameof(EtaPlus), (float)EtaPlus);
        settings.Set(nameof(MinFactor), (float)MinFactor);
        settings.Set(nameof(MaxFactor), (float)MaxFactor);
    }

    /// <inheritdoc/>
    protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t)
        => OptimizerLoop.Run(new Rule(Rate, (float)EtaMinus, (float)EtaPlus, (float)MinFactor, (float)MaxFactor), w, g, State(0), State(1, 1f));

    private readonly struct Rule(float rate, float etaMinus, float etaPlus, float least, float most) : IOptimizerRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(ref Vector512<float> w, Vector512<float> g, ref Vector512<float> last, ref Vector512<float> factor, ref Vector512<float> third)
        {
            Vector512<float> zero = Vector512<float>.Zero, one = Vector512.Create(1f);
            Vector512<float> sign = Vector512.ConditionalSelect(Vector512.Equals(g, zero), zero, Vector512.CopySign(one, g)), same = sign * last;
            Vector512<float> changed = Vector512.LessThan(same, zero), stayed = Vector512.GreaterThan(same, zero);
            factor *= Vector512.ConditionalSelect(stayed, Vector512.Create(etaPlus), Vector512.ConditionalSelect(changed, Vector512.Create(etaMinus), one));
            factor = Vector512.Min(Vector512.Max(factor, Vector512.Create(least)), Vector512.Create(most));
            last = Vector512.ConditionalSelect(changed, zero, sign);
            w -= last * factor * rate;
        }
    }
}
