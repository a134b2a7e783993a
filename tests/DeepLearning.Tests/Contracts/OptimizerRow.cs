namespace DeepLearning.Tests.Contracts;

/// <summary>One optimizer and its recurrence.</summary>
/// <param name="Name">The optimizer and its options.</param>
/// <param name="Make">Makes it with a learning rate.</param>
/// <param name="Recurrence">Makes the rule for one weight, in double: the next weight from w, g, t and the rate.</param>
public sealed record OptimizerRow(string Name, Func<float, Optimizer> Make, Func<Func<double, double, long, double, double>> Recurrence)
{
    public override string ToString() => Name;
}
