namespace DeepLearning;

/// <summary>eˣ: for outputs that are positive, such as rates. Overflows to +∞ above 88.7. Keras: <c>activations.exponential</c>.</summary>
public sealed class Exponential : Activation
{
    /// <inheritdoc/>
    public override OutputMeaning OutputMeaning => OutputMeaning.Bounded;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Exp();
    }

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of("Exponential", static () => new Exponential());
}
