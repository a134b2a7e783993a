namespace DeepLearning.Tests.Contracts;

/// <summary>One constraint and what it makes of a stretch of weights.</summary>
/// <param name="Name">How it is made, which is its text too.</param>
/// <param name="Constraint">The constraint.</param>
/// <param name="Axis">The axis along which a stretch lies.</param>
/// <param name="OfStretch">What a stretch becomes, in double.</param>
/// <param name="Refused">A shape that cannot be held to it; null if every shape can.</param>
public sealed record ConstraintRow(string Name, Constraint Constraint, int Axis, Func<double[], double[]> OfStretch, Shape? Refused = null)
{
    public override string ToString() => Name;
}
