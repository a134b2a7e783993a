using MathNet.Numerics.LinearAlgebra;

namespace DeepLearning;

/// <summary>
/// A step along a direction that meets the strong Wolfe conditions, f(t) ≤ f(0) + c₁·t·f′(0) and |f′(t)| ≤ c₂·|f′(0)|: Nocedal and Wright 2006, algorithms 3.5
/// (bracketing) and 3.6 (zooming in), with cubic interpolation.
/// </summary>
internal sealed class WolfeSearch
{
    private const double SufficientDecrease = 1e-4, Curvature = 0.9;
    private const int MostEvaluations = 25;

    private readonly Vector<double> direction;
    private readonly Trial start;
    private readonly FullObjective objective;
    private int evaluations;

    private WolfeSearch(Vector<double> direction, ObjectivePoint from, FullObjective objective)
    {
        (this.direction, this.objective) = (direction, objective);
        start = new Trial(0, from, direction.DotProduct(from.Gradient));
    }

    /// <summary>The point reached; null if no lower loss was found.</summary>
    /// <param name="direction">A direction of descent.</param>
    /// <param name="from">Where it starts.</param>
    /// <param name="first">The first step to try, as a multiple of the direction.</param>
    /// <param name="objective">The loss.</param>
    public static ObjectivePoint? Along(Vector<double> direction, ObjectivePoint from, double first, FullObjective objective)
    {
        Trial found = new WolfeSearch(direction, from, objective).Bracket(first);
        return found.Point.Loss < from.Loss ? found.Point : null;
    }

    private Trial Bracket(double first)
    {
        Trial before = start;
        double step = first;
        while (evaluations < MostEvaluations)
        {
            Trial now = At(step);
            if (!IsLowEnough(now) || (evaluations > 1 && now.Loss >= before.Loss)) return Zoom(before, now);
            if (IsFlatEnough(now)) return now;
            if (now.Slope >= 0) return Zoom(now, before);
            (before, step) = (now, Math.Min(10 * step, step + 4 * Math.Max(step - before.Step, step)));
        }

        return before;
    }

    /// <summary>Narrows an interval whose end <paramref name="low"/> is the lower one, and slopes down into the interval.</summary>
    private Trial Zoom(Trial low, Trial high)
    {
        while (evaluations < MostEvaluations)
        {
            double step = Between(low, high);
            if (step == low.Step || step == high.Step) return low;
            Trial now = At(step);
            if (!IsLowEnough(now) || now.Loss >= low.Loss)
            {
                high = now;
                continue;
            }

            if (IsFlatEnough(now)) return now;
            if (now.Slope * (high.Step - low.Step) >= 0) high = low;
            low = now;
        }

        return low;
    }

    private Trial At(double step)
    {
        evaluations++;
        ObjectivePoint point = objective.Evaluate(start.Point.At + step * direction);
        return new Trial(step, point, direction.DotProduct(point.Gradient));
    }

    private bool IsLowEnough(Trial trial) => trial.Loss <= start.Loss + SufficientDecrease * trial.Step * start.Slope;

    private bool IsFlatEnough(Trial trial) => Math.Abs(trial.Slope) <= Curvature * Math.Abs(start.Slope);

    /// <summary>The minimum of the cubic through both ends, kept a tenth of the interval away from them; the middle if there is none.</summary>
    private static double Between(Trial a, Trial b)
    {
        double d1 = a.Slope + b.Slope - 3 * (a.Loss - b.Loss) / (a.Step - b.Step), square = d1 * d1 - a.Slope * b.Slope;
        double d2 = Math.CopySign(Math.Sqrt(square), b.Step - a.Step);
        double step = b.Step - (b.Step - a.Step) * ((b.Slope + d2 - d1) / (b.Slope - a.Slope + 2 * d2));
        double left = Math.Min(a.Step, b.Step), right = Math.Max(a.Step, b.Step), margin = 0.1 * (right - left);
        return double.IsFinite(step) ? Math.Clamp(step, left + margin, right - margin) : left + (right - left) / 2;
    }

    /// <summary>A step that was tried, with the loss and its slope along the direction there.</summary>
    private readonly record struct Trial(double Step, ObjectivePoint Point, double Slope)
    {
        public double Loss => Point.Loss;
    }
}
