using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Log-probabilities x − log Σ e^xⱼ over the last dimension, [batch, …, classes], or over another; finite for any finite x. Keras:
/// <c>activations.log_softmax</c>. Before a cross-entropy use <see cref="Softmax"/>, which is fused with it.
/// </summary>
/// <param name="axis">The dimension whose probabilities sum to 1, counted from the end; −1, the last, by default.</param>
/// <exception cref="ArgumentOutOfRangeException">The axis is not negative.</exception>
public sealed class LogSoftmax(int axis = -1) : Activation
{
    /// <summary>The dimension, counted from the end; −1, the last, by default.</summary>
    public int Axis { get; } = AxisFromEnd.Require(axis);

    /// <inheritdoc/>
    public override OutputMeaning OutputMeaning => Axis == -1 ? OutputMeaning.LogProbabilities : OutputMeaning.Bounded;

    internal override bool TakesLogits => Axis == -1;

    /// <inheritdoc/>
    /// <exception cref="ShapeMismatchException">A sample has no such dimension; a single number has none: the sum would go over the batch.</exception>
    public override Shape Build(Shape input, LayerBuilder builder)
    {
        if (input.Rank == 0)
            throw new ShapeMismatchException(
                "expects [batch, …, classes] but a sample here is a single number: the sum would go over the rows of the batch; for yes or no use Sigmoid()");
        AxisFromEnd.RequireIn(input, Axis);
        return input;
    }

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.LogSoftmax(Axis);
    }

    /// <inheritdoc/>
    public override string ToString() => Axis == -1 ? "LogSoftmax()" : string.Create(CultureInfo.InvariantCulture, $"LogSoftmax({Axis})");

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of<LogSoftmax>(
        "LogSoftmax",
        static (softmax, s) =>
        {
            // Files with the last dimension stay as they were before there was a choice.
            if (softmax.Axis != -1) s.Set("axis", softmax.Axis);
        },
        static s => new(s.Has("axis") ? s.GetInt32("axis") : -1));
}
