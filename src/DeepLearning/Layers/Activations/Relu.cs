namespace DeepLearning;

/// <summary>Rectified linear unit max(0, x). Its slope at 0 is taken as 0.</summary>
public sealed class Relu : Activation
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Relu();
    }
}
