namespace DeepLearning.Onnx;

/// <summary>The functions that occur in a group of formulas: each has one number, however its argument was spelled. x itself is 0.</summary>
internal sealed class Vocabulary
{
    private readonly List<(string Name, Formula Argument)> functions = [("x", Formula.X)];

    /// <summary>σ(p), in terms of which the others are expressed if possible.</summary>
    public Formula Sigmoid(Formula p) => Apply("Sigmoid", p);

    /// <summary>tanh p = 2σ(2p) − 1.</summary>
    public Formula Tanh(Formula p) => Sigmoid(p * 2) * 2 - Formula.Constant(1);

    /// <summary>log(1 + eᵖ).</summary>
    public Formula Softplus(Formula p) => Apply("Softplus", p);

    public Formula Erf(Formula p) => Apply("Erf", p);

    public Formula Exp(Formula p) => Apply("Exp", p);

    /// <summary>p, but no less than 0 and no more than 1.</summary>
    public Formula Clamp(Formula p) => Apply("Clamp", p);

    /// <summary>Whether p is above a number.</summary>
    public Formula IsAbove(Formula p, double number) => Apply("IsAbove", p - Formula.Constant(number));

    /// <summary>log p.</summary>
    public Formula Log(Formula p) => ExponentOf(p) is { } exponent ? Softplus(exponent) : Apply("Log", p);

    /// <summary>1 / p.</summary>
    public Formula Reciprocal(Formula p)
        => p.Number is { } number ? Formula.Constant(1 / number) : ExponentOf(p) is { } exponent ? Sigmoid(exponent * -1) : Apply("Reciprocal", p);

    /// <summary>
    /// One of two formulas, chosen by a condition. Softplus is often written as x itself above a threshold where log(1 + eˣ) equals x; null for anything else.
    /// </summary>
    public Formula? Choose(Formula condition, Formula above, Formula otherwise)
    {
        if (condition.Single is not { } number || functions[number] is not ("IsAbove", var difference)) return null;
        // Above 16, log(1 + eˣ) − x is less than half a unit in the last place of x.
        return (above - difference).Number is >= 16 && otherwise.IsCloseTo(Softplus(above)) ? otherwise : null;
    }

    private Formula Apply(string name, Formula argument)
    {
        int known = functions.FindIndex(f => f.Name == name && f.Argument.IsCloseTo(argument));
        if (known >= 0) return Formula.Factor(known);
        functions.Add((name, argument));
        return Formula.Factor(functions.Count - 1);
    }

    /// <summary>q if p is 1 + e^q; otherwise null.</summary>
    private Formula? ExponentOf(Formula p) => (p - Formula.Constant(1)).Single is { } number && functions[number] is ("Exp", var exponent) ? exponent : null;
}
