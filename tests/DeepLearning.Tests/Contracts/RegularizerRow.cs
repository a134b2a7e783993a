namespace DeepLearning.Tests.Contracts;

/// <summary>One regularizer and what it adds for one weight.</summary>
/// <param name="Name">How it is made, which is its text too.</param>
/// <param name="Regularizer">The regularizer.</param>
/// <param name="OfWeight">The penalty of one weight, in double.</param>
public sealed record RegularizerRow(string Name, Regularizer Regularizer, Func<double, double> OfWeight)
{
    public override string ToString() => Name;
}
