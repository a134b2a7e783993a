namespace DeepLearning.Tests.Contracts;

/// <summary>One operation on one set of shapes.</summary>
/// <param name="Member">The public method or operator of <see cref="Tensor"/> that it covers, as <see cref="OpContract.NameOf(System.Reflection.MethodInfo)"/> writes it.</param>
/// <param name="Function">The call.</param>
/// <param name="Inputs">Where it is checked, away from kinks.</param>
public sealed record OpRow(string Member, Func<IReadOnlyList<Tensor>, Tensor> Function, Tensor[] Inputs)
{
    public override string ToString() => $"{Member} of {string.Join(", ", Inputs.Select(x => x.Shape))}";
}
