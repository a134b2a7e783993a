namespace DeepLearning;

/// <summary>
/// A learning rate as a function of the step, counted from 0 over all updates of an optimizer: <c>new Adam(new CosineDecay(1e-3, 10_000))</c>. A pure
/// function: the same step gives the same rate, so a run that resumes from a checkpoint needs only its step. Keras:
/// <c>LearningRateSchedule</c>.
/// </summary>
/// <example>
/// <code>
/// public sealed class InverseRoot(double rate) : Schedule
/// {
///     public override double At(long step) => rate / Math.Sqrt(step + 1);
///
///     protected override void DescribeSettings(Settings settings) => settings.Set("rate", rate);
/// }
/// </code>
/// </example>
public abstract class Schedule
{
    /// <summary>The rate of a step; finite and ≥ 0, or the step throws.</summary>
    /// <param name="step">Updates made before this one: 0 for the first.</param>
    public abstract double At(long step);

    /// <summary>A custom schedule in one line: <c>Schedule.Of("inverse root", step => 0.1 / Math.Sqrt(step + 1))</c>.</summary>
    /// <param name="name">
    /// Its name in messages. A run resumes from a checkpoint only with a schedule of the same name: change the name when you change the function.
    /// </param>
    /// <param name="rate">The rate of a step, counted from 0. A pure function.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static Schedule Of(string name, Func<long, double> rate)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(rate);
        return new FunctionSchedule(name, rate);
    }

    /// <summary>The same rate at every step: for <see cref="LinearWarmup"/> and <see cref="Then"/>, which take schedules. PyTorch's <c>ConstantLR</c>
    /// scales the first epochs instead.</summary>
    /// <param name="learningRate">The rate, ≥ 0 and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative, infinite or NaN.</exception>
    public static Schedule Constant(double learningRate) => new ConstantSchedule(learningRate);

    /// <summary>
    /// This schedule for a number of steps, then another, which counts its steps from 0 there:
    /// <c>new LinearWarmup(Schedule.Constant(0.1), 500).Then(5000, new ExponentialDecay(0.1, 1000, 0.5))</c>. PyTorch: <c>SequentialLR</c>.
    /// </summary>
    /// <param name="steps">Steps of this schedule, ≥ 1.</param>
    /// <param name="next">The schedule after them.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 step.</exception>
    public Schedule Then(long steps, Schedule next) => new JoinedSchedule(this, steps, next);

    /// <summary>The constructor call, or its name.</summary>
    public override string ToString() => $"{GetType().Name}()";

    /// <summary>
    /// Writes the settings under their names: a run resumes from a checkpoint only with the same ones. Override it in a custom schedule that has settings.
    /// </summary>
    /// <param name="settings">Stores them.</param>
    protected virtual void DescribeSettings(Settings settings) { }

    /// <summary>Writes everything that must be the same for a run to resume.</summary>
    /// <param name="whole">The settings of the optimizer, or of the schedule that this one is a part of.</param>
    /// <param name="part">What this schedule is there.</param>
    internal void Describe(Settings whole, string part = nameof(Schedule))
    {
        var own = new Settings();
        DescribeSettings(own);
        whole.Set(part, GetType().Name).Add(part, own);
    }
}
