using MathNet.Numerics.LinearAlgebra;

namespace DeepLearning;

/// <summary>
/// L-BFGS with a line search that meets the strong Wolfe conditions: for small problems whose loss is computed over all data at once, such as a regression or
/// a physics-informed network, where it needs far fewer steps than Adam. Not for mini-batches or dropout, whose loss differs from call to call. Nocedal and
/// Wright 2006, algorithms 7.4, 7.5, 3.5 and 3.6; PyTorch's <c>LBFGS(line_search_fn="strong_wolfe")</c>.
/// </summary>
/// <example>
/// <code>
/// LbfgsResult result = new Lbfgs().Minimize(model.Parameters, tape => Losses.MeanSquaredError(model.Forward(x, tape, training: false), y));
/// </code>
/// </example>
public sealed class Lbfgs
{
    /// <summary>L-BFGS with at most this many iterations.</summary>
    /// <param name="maxIterations">Iterations, ≥ 1; 100 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public Lbfgs(int maxIterations = 100)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxIterations, 1);
        MaxIterations = maxIterations;
    }

    /// <summary>The most iterations, each with a few evaluations of the loss; 100 by default. PyTorch: 20.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int MaxIterations
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }

    /// <summary>How many of the last iterations shape the direction; 10 by default. PyTorch: 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int History
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 10;

    /// <summary>Converged if no gradient is larger than this; 1e-7 by default, as in PyTorch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double GradientTolerance { get; init => field = Setting.NotNegative(value); } = 1e-7;

    /// <summary>
    /// Converged if an iteration lowers the loss by no more than this share of it, or is expected to; 1e-7 by default, about what float32 can tell apart.
    /// PyTorch compares the difference itself with 1e-9.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double LossTolerance { get; init => field = Setting.NotNegative(value); } = 1e-7;

    /// <summary>Lowers a loss. The parameters end at the lowest loss that was found.</summary>
    /// <param name="parameters">What to train; frozen ones keep their values.</param>
    /// <param name="loss">
    /// The loss at the current values of the parameters, on the given tape: the same for the same values at each call. Add
    /// <c>model.Parameters.Penalty(tape)</c> for regularizers. State that layers stage, such as running means, is not updated.
    /// </param>
    /// <param name="cancellation">Stops after the evaluation in progress.</param>
    /// <returns>The loss reached, and why it stopped.</returns>
    /// <exception cref="ArgumentException">The loss or a gradient is not finite at the start, or the loss depends on no parameter.</exception>
    /// <exception cref="InvalidOperationException">A parameter has a constraint, which a line search would leave.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled. The parameters have the lowest loss found.</exception>
    public LbfgsResult Minimize(ParameterSet parameters, Func<Tape, Tensor> loss, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(loss);
        if (parameters.FirstOrDefault(p => p.Options.Constraint is not null) is { } constrained)
        {
            throw new InvalidOperationException(
                $"{constrained.Name} has the constraint {constrained.Options.Constraint}, which {nameof(Lbfgs)} cannot keep to: train with another optimizer.");
        }

        var objective = new FullObjective(parameters, loss, cancellation);
        try
        {
            return Iterate(objective);
        }
        finally
        {
            objective.TakeLowest();
        }
    }

    private LbfgsResult Iterate(FullObjective objective)
    {
        ObjectivePoint now = objective.Start();
        var memory = new LbfgsMemory(History);
        int iterations = 0;
        while (true)
        {
            if (now.Gradient.AbsoluteMaximum() <= GradientTolerance) return Result(LbfgsStop.Gradient);
            if (iterations == MaxIterations) return Result(LbfgsStop.MaxIterations);
            Vector<double> direction = memory.Direction(now.Gradient);
            if (!(direction.DotProduct(now.Gradient) < 0))
            {
                // Rounding spoiled the curvature: begin again with the steepest descent.
                memory.Clear();
                direction = -now.Gradient;
            }

            // To the second order, a full step lowers the loss by half of this.
            bool expectsNothing = -direction.DotProduct(now.Gradient) <= LossTolerance * Math.Abs(now.Loss);
            if (expectsNothing && !memory.IsEmpty) return Result(LbfgsStop.Loss);
            double first = memory.IsEmpty ? Math.Min(1, 1 / now.Gradient.L1Norm()) : 1;
            if (WolfeSearch.Along(direction, now, first, objective) is not { } next) return Result(LbfgsStop.LineSearch);
            iterations++;
            memory.Add(next.At - now.At, next.Gradient - now.Gradient);
            if (now.Loss - next.Loss <= LossTolerance * Math.Abs(now.Loss)) return Result(LbfgsStop.Loss);
            now = next;
        }

        LbfgsResult Result(LbfgsStop stop) => new((float)objective.Lowest.Loss, iterations, objective.Evaluations, stop);
    }
}
