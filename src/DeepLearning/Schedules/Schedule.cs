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

    /// <summary>The constructor call, or its name.</summary>
    public override string ToString() => $"{GetType().Name}()";

    /// <summary>
    /// Writes the settings under their names: a run resumes from a checkpoint only with the same ones. Override it in a custom schedule that has settings.
    /// </summary>
    /// <param name="settings">Stores them.</param>
    protected virtual void DescribeSettings(Settings settings) { }

    /// <summary>Writes everything that must be the same for a run to resume.</summary>
    internal void Describe(Settings optimizer)
    {
        var own = new Settings();
        DescribeSettings(own);
        optimizer.Set(nameof(Schedule), GetType().Name).Add(nameof(Schedule), own);
    }
}
