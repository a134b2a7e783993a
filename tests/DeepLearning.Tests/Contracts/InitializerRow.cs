namespace DeepLearning.Tests.Contracts;

/// <summary>One initializer on one shape, and what its values are like.</summary>
/// <param name="Name">The initializer and its options.</param>
/// <param name="Initializer">The initializer.</param>
/// <param name="Mean">The mean of its values.</param>
/// <param name="Variance">Their variance.</param>
/// <param name="Bound">What no value is further than from the mean; infinite for a normal distribution.</param>
public sealed record InitializerRow(string Name, Initializer Initializer, double Mean, double Variance, double Bound = double.PositiveInfinity)
{
    /// <summary>The kernel that every row fills: 200 inputs, 300 units.</summary>
    public static Shape Kernel { get; } = [200, 300];

    public override string ToString() => Name;
}
