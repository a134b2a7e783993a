using System.Globalization;

namespace DeepLearning;

/// <summary>What <see cref="GradientCheck"/> found: the element whose gradient lies furthest outside its tolerance, or nearest to it.</summary>
/// <param name="Passed">Whether every element is within its tolerance.</param>
/// <param name="Input">The worst element's tensor: <c>input 0</c>, or a parameter's name.</param>
/// <param name="Index">The worst element's index in it: <c>[2, 3]</c>.</param>
/// <param name="Analytic">The gradient that the tape computed there.</param>
/// <param name="Numeric">The gradient that central differences gave there.</param>
/// <param name="Tolerance">The difference allowed there: the relative tolerance at this element's scale, and float32's rounding.</param>
public sealed record GradientCheckResult(bool Passed, string Input, string Index, double Analytic, double Numeric, double Tolerance)
{
    /// <summary>|analytic − numeric| of the worst element.</summary>
    public double Difference => Math.Abs(Analytic - Numeric);

    /// <summary>One sentence with the worst element, both values and the tolerance.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Gradient check {(Passed ? "passed" : "failed")}: the worst element is {Input}{Index}, analytic {Analytic:G6}, numeric {Numeric:G6}, " +
        $"difference {Difference:G3}, allowed {Tolerance:G3}.");
}
