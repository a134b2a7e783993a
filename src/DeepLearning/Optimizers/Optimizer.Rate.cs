using System.Globalization;

namespace DeepLearning;

/// <content>The learning rate: a number or a schedule, times a factor; read once a step.</content>
public abstract partial class Optimizer
{
    private double constantRate;
    private double? startRate;

    /// <summary>The rate of the current run of parameters, as float32; null between steps.</summary>
    private float? rateOfRun;

    /// <summary>
    /// The learning rate of the next step, ≥ 0: the number or the <see cref="Schedule"/> that was given, times <see cref="RateFactor"/>. Setting it, also
    /// between steps, replaces the number and resets the factor to 1; a rate that follows a schedule is changed only by the factor. Used as float32, like
    /// every setting. At 0 the weights keep their bits, regardless of momentum; the rule's state, the moving average and <see cref="Steps"/> still advance.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a number that is negative or not finite.</exception>
    /// <exception cref="InvalidOperationException">
    /// Set although a schedule gives the rate, or read when the schedule gives a rate that is not finite and ≥ 0.
    /// </exception>
    public double LearningRate
    {
        get => NextRate();
        set
        {
            Setting.NotNegative(value);
            if (Schedule is not null)
            {
                throw new InvalidOperationException(
                    $"The learning rate of this {GetType().Name} follows {Schedule} and cannot be set. Set {nameof(RateFactor)}, which multiplies it, or make "
                    + "the optimizer with a number.");
            }

            (constantRate, RateFactor) = (value, 1);
        }
    }

    /// <summary>The schedule of the rate; null if it is a number.</summary>
    public Schedule? Schedule { get; }

    /// <summary>
    /// Multiplies the learning rate, ≥ 0 and finite; 1 by default. Callbacks that lower the rate under a schedule multiply it. It is part of the state saved in
    /// checkpoints.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double RateFactor { get; set => field = Setting.NotNegative(value); } = 1;

    /// <summary>
    /// The rate for the formula of a rule, as float32: that of the step, times the <see cref="Parameter.RateScale"/> of the parameters that the rule is given.
    /// </summary>
    protected float Rate => rateOfRun ?? (float)NextRate();

    /// <summary>The rate that the optimizer was given, before training changed it; with a schedule, the factor.</summary>
    internal double StartRate => startRate ?? GivenRate;

    /// <summary>What <see cref="StartRate"/> is, for a message.</summary>
    internal string StartRateName => Schedule is null ? "learning rate" : "rate factor";

    private double GivenRate => Schedule is null ? constantRate * RateFactor : RateFactor;

    /// <summary>From now on changes of the rate are part of the training.</summary>
    internal void BeginRun() => startRate ??= GivenRate;

    /// <summary>Continues with another rate, as if it had been given this one.</summary>
    internal void RestartAt(double rate)
    {
        if (Schedule is null) LearningRate = rate;
        else RateFactor = rate;
        startRate = rate;
    }

    /// <summary>The rate of the next step.</summary>
    private double NextRate()
    {
        double given = Schedule?.At(Steps) ?? constantRate, rate = given * RateFactor;
        if (given >= 0 && rate >= 0 && float.IsFinite((float)rate)) return rate;
        string source = Schedule?.ToString() ?? nameof(LearningRate);
        string times = RateFactor == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", times {nameof(RateFactor)} {RateFactor}");
        throw new InvalidOperationException(string.Create(
            CultureInfo.InvariantCulture, $"{source} gives a learning rate of {given} at step {Steps}{times}: it must be finite and ≥ 0. Nothing was changed."));
    }
}
