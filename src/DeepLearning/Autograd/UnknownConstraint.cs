namespace DeepLearning;

/// <summary>A custom constraint that was not loaded. Steps are rejected before they change anything.</summary>
internal sealed class UnknownConstraint(UnknownPart unknown) : Constraint, IUnknownPart
{
    public UnknownPart Unknown => unknown;

    public override void Apply(Tensor parameter) => throw unknown.Missing(nameof(Constraint));

    public override string ToString() => unknown.Text;
}
