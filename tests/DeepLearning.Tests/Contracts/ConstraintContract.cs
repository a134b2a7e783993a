namespace DeepLearning.Tests.Contracts;

/// <summary>Every public constraint; <see cref="ConstraintContractTests"/> runs one suite over all rows.</summary>
public static class ConstraintContract
{
    public static IReadOnlyList<ConstraintRow> Rows { get; } =
    [
        new("NonNegative()", new NonNegative(), 0, w => [.. w.Select(v => Math.Max(v, 0))]),
        new("MaxNorm(2, axis: 0)", new MaxNorm(), 0, w => AtMost(w, 2), new Shape()),
        new("MaxNorm(1.5, axis: -1)", new MaxNorm(1.5, axis: -1), 1, w => AtMost(w, 1.5), new Shape()),
        new("MaxNorm(0.5, axis: 1)", new MaxNorm(0.5, axis: 1), 1, w => AtMost(w, 0.5), new Shape(3)),
        new("UnitNorm(axis: 0)", new UnitNorm(), 0, Unit, new Shape()),
        new("UnitNorm(axis: -2)", new UnitNorm(-2), 0, Unit, new Shape(3)),
        new("UnitNorm(axis: 1)", new UnitNorm(1), 1, Unit, new Shape(3)),
    ];

    private static double[] AtMost(double[] w, double maximum)
    {
        double norm = Norm(w);
        return norm <= maximum ? w : [.. w.Select(v => v * maximum / norm)];
    }

    private static double[] Unit(double[] w) => [.. w.Select(v => v / (Norm(w) + 1e-7))];

    private static double Norm(double[] w) => Math.Sqrt(w.Sum(v => v * v));
}
