namespace DeepLearning;

/// <summary>Rectified linear unit max(0, x). Its slope at 0 is taken to be 0.</summary>
public sealed class Relu : Activation
{
    /// <inheritdoc/>
    public override OutputMeaning OutputMeaning => OutputMeaning.Bounded;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Relu();
    }

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of("Relu", static () => new Relu());
}
