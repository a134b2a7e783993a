using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Sets whole samples to 0 with probability <see cref="Rate"/> in training and scales the others by 1/(1 − rate); the identity in inference. Keeps the shape
/// [batch, …]. As the last layer of a residual block it skips the block for some samples: <c>.Residual(b => b.Dense(64).Relu().StochasticDepth(0.2))</c>.
/// Huang et al. 2016. PyTorch: <c>torchvision.ops.StochasticDepth(p, mode="row")</c>; a survival rate is 1 − rate.
/// </summary>
/// <param name="rate">The fraction of samples dropped, in [0, 1).</param>
/// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1).</exception>
public sealed class StochasticDepth(double rate) : Layer
{
    /// <summary>The fraction of samples that are dropped.</summary>
    public double Rate { get; } = Setting.Share(rate, nameof(rate));

    internal override bool IsRandom => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, LayerContext context)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!context.Stochastic || (float)Rate == 0f) return x;
        Span<int> oneEach = stackalloc int[x.Rank];
        for (int d = 0; d < oneEach.Length; d++) oneEach[d] = d == 0 ? x.Shape.Dimensions[0] : 1;
        Tensor mask = Tensor.Allocate(x.Owner, oneEach);
        context.Random.FillMask(mask.AsSpan(), (float)Rate);
        return x * mask;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"StochasticDepth({Rate:0.###})");

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } =
        LayerKind.Of<StochasticDepth>("StochasticDepth", static (d, s) => s.Set("rate", d.Rate), static s => new(s.GetDouble("rate")));
}
