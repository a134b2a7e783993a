namespace DeepLearning.Tests.Contracts;

/// <summary>One optimizer and its recurrence.</summary>
/// <param name="Name">The optimizer and its options.</param>
/// <param name="Make">Makes it with a learning rate.</param>
/// <param name="Recurrence">Makes the rule for one weight, in double: the next weight from w, g, t and the rate.</param>
public sealed record OptimizerRow(string Name, Func<float, Optimizer> Make, Func<Func<double, double, long, double, double>> Recurrence)
{
    /// <summary>A rule for a whole parameter, as a vector: the next weights from w, g, t and the rate.</summary>
    public OptimizerRow(string name, Func<float, Optimizer> make, Func<Func<double[], double[], long, double, double[]>> whole)
        : this(name, make, NoneForOneWeight) => Whole = whole;

    /// <summary>Whether a weight moves as the others of its parameter let it.</summary>
    public bool IsOfWholeParameters => Whole is not null;

    private Func<Func<double[], double[], long, double, double[]>>? Whole { get; }

    /// <summary>Makes the rule for a parameter of so many weights.</summary>
    public Func<double[], double[], long, double, double[]> RuleFor(int count)
    {
        if (Whole is not null) return Whole();
        Func<double, double, long, double, double>[] rules = [.. Enumerable.Range(0, count).Select(_ => Recurrence())];
        return (w, g, t, lr) => [.. w.Select((value, i) => rules[i](value, g[i], t, lr))];
    }

    public override string ToString() => Name;

    private static Func<double, double, long, double, double> NoneForOneWeight() => throw new NotSupportedException("The rule is of whole parameters.");
}
