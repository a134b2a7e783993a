using System.Globalization;

namespace DeepLearning;

/// <summary>
/// One rate up to a step, another up to a later step, …: <c>values[i]</c> at the first i with step ≤ <c>boundaries[i]</c>, the last value after all of them.
/// Keras: <c>PiecewiseConstantDecay</c>, with the same boundaries: the last steps of the old rates. PyTorch's <c>MultiStepLR</c> is <see cref="AtMilestones"/>.
/// </summary>
/// <example><c>new PiecewiseConstantDecay([999, 4999], [0.1, 0.01, 0.001])</c>: 0.01 at steps 1000 to 4999.</example>
public sealed class PiecewiseConstantDecay : Schedule
{
    /// <summary>A rate that is constant between boundaries.</summary>
    /// <param name="boundaries">The last step of each rate but the last, ≥ 0 and ascending.</param>
    /// <param name="values">The rates, ≥ 0: one more than boundaries.</param>
    /// <exception cref="ArgumentException">The boundaries do not ascend, or the numbers of boundaries and values do not match.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A boundary or a rate is negative, or a rate is not finite.</exception>
    public PiecewiseConstantDecay(IReadOnlyList<long> boundaries, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(boundaries);
        ArgumentNullException.ThrowIfNull(values);
        (Boundaries, Values) = ([.. boundaries], [.. values]);
        RequireAscending(Boundaries, nameof(boundaries));
        foreach (double rate in Values) Setting.NotNegative(rate, nameof(values));
        if (Values.Count != Boundaries.Count + 1)
            throw new ArgumentException($"{Boundaries.Count} boundaries lie between {Boundaries.Count + 1} values, got {Values.Count}.", nameof(values));
    }

    /// <summary>The last step of each rate but the last.</summary>
    public IReadOnlyList<long> Boundaries { get; }

    /// <summary>The rates.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>
    /// A rate that is multiplied at given steps: initial·gamma^k, with k the number of milestones ≤ step. PyTorch: <c>MultiStepLR</c>, in steps.
    /// </summary>
    /// <param name="initialLearningRate">The rate of step 0, ≥ 0.</param>
    /// <param name="milestones">The first step of each new rate, ≥ 1 and ascending.</param>
    /// <param name="gamma">The factor, > 0; 0.1 by default.</param>
    /// <exception cref="ArgumentException">The milestones do not ascend.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static PiecewiseConstantDecay AtMilestones(double initialLearningRate, IReadOnlyList<long> milestones, double gamma = 0.1)
    {
        ArgumentNullException.ThrowIfNull(milestones);
        Setting.NotNegative(initialLearningRate, nameof(initialLearningRate));
        Setting.Positive(gamma, nameof(gamma));
        foreach (long milestone in milestones) ArgumentOutOfRangeException.ThrowIfLessThan(milestone, 1, nameof(milestones));
        RequireAscending(milestones, nameof(milestones));
        return new PiecewiseConstantDecay(
            [.. milestones.Select(m => m - 1)], [.. Enumerable.Range(0, milestones.Count + 1).Select(k => initialLearningRate * Math.Pow(gamma, k))]);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A negative step.</exception>
    public override double At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        int place = 0;
        while (place < Boundaries.Count && step > Boundaries[place]) place++;
        return Values[place];
    }

    /// <inheritdoc/>
    public override string ToString()
        => $"PiecewiseConstantDecay([{string.Join(", ", Boundaries)}], [{string.Join(", ", Values.Select(v => v.ToString(CultureInfo.InvariantCulture)))}])";

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(Boundaries), string.Join(", ", Boundaries));
        settings.Set(nameof(Values), [.. Values]);
    }

    private static void RequireAscending(IReadOnlyList<long> steps, string name)
    {
        for (int i = 0; i < steps.Count; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(steps[i], name);
            if (i > 0 && steps[i] <= steps[i - 1])
                throw new ArgumentException($"The {name} must ascend, got {steps[i]} after {steps[i - 1]}.", name);
        }
    }
}
