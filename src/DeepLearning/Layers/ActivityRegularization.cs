using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Passes its input on, and adds l1·Σ|x| + l2·Σx² to the loss, divided by the number of samples in the batch: a penalty on activations, where a
/// <see cref="Regularizer"/> is one on parameters. Keeps the shape [batch, …]. Keras: <c>layers.ActivityRegularization</c>, with its defaults of 0.
/// </summary>
/// <param name="l1">The factor before Σ|x|, ≥ 0; 0 by default.</param>
/// <param name="l2">The factor before Σx², ≥ 0; 0 by default.</param>
/// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
public sealed class ActivityRegularization(double l1 = 0, double l2 = 0) : Layer
{
    /// <summary>The factor before Σ|x|; 0 by default.</summary>
    public double L1 { get; } = Setting.NotNegative(l1, nameof(l1));

    /// <summary>The factor before Σx²; 0 by default.</summary>
    public double L2 { get; } = Setting.NotNegative(l2, nameof(l2));

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, LayerContext context)
    {
        ArgumentNullException.ThrowIfNull(x);
        int samples = x.Shape.Dimensions[0];
        if (samples == 0) return x;
        if ((float)L1 > 0f) context.AddLoss(x.Abs().Sum() * (L1 / samples));
        if ((float)L2 > 0f) context.AddLoss(x.Square().Sum() * (L2 / samples));
        return x;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"ActivityRegularization(l1: {L1}, l2: {L2})");

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of<ActivityRegularization>(
        "ActivityRegularization", static (a, s) => s.Set("l1", a.L1).Set("l2", a.L2), static s => new(s.GetDouble("l1"), s.GetDouble("l2")));
}
