namespace DeepLearning;

/// <summary>A custom regularizer that was not loaded: only its penalty is missing.</summary>
internal sealed class UnknownRegularizer(UnknownPart unknown) : Regularizer, IUnknownPart
{
    public UnknownPart Unknown => unknown;

    public override Tensor Penalty(Tensor parameter) => throw unknown.Missing(nameof(Regularizer));

    public override string ToString() => unknown.Text;
}
