using System.Globalization;

namespace DeepLearning;

/// <summary>The learning rate of a step: a number or a schedule, times a factor.</summary>
internal sealed class StepRate
{
    private double constant;
    private double? start;

    public StepRate(double constant) => this.constant = constant;

    public StepRate(Schedule schedule) => Schedule = schedule;

    public Schedule? Schedule { get; }

    /// <summary>Multiplies the number or the schedule.</summary>
    public double Factor { get; set; } = 1;

    /// <summary>The rate that was given, before training changed it; with a schedule, the factor.</summary>
    public double Start => start ?? Given;

    /// <summary>The name of <see cref="Start"/>, for messages.</summary>
    public string StartName => Schedule is null ? "learning rate" : "rate factor";

    private double Given => Schedule is null ? constant * Factor : Factor;

    /// <summary>The rate of the step after this many.</summary>
    public double At(long steps)
    {
        double given = Schedule?.At(steps) ?? constant, rate = given * Factor;
        if (given >= 0 && rate >= 0 && float.IsFinite((float)rate)) return rate;
        string source = Schedule?.ToString() ?? nameof(Optimizer.LearningRate);
        string times = Factor == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", times {nameof(Optimizer.RateFactor)} {Factor}");
        throw new InvalidOperationException(string.Create(
            CultureInfo.InvariantCulture, $"{source} gives a learning rate of {given} at step {steps}{times}: it must be finite and ≥ 0. Nothing was changed."));
    }

    /// <summary>Replaces the number.</summary>
    public void Set(double rate) => (constant, Factor) = (rate, 1);

    /// <summary>From now on, changes of the rate are part of the training.</summary>
    public void BeginRun() => start ??= Given;

    /// <summary>Continues with another rate, as if it had been given this one.</summary>
    public void RestartAt(double rate)
    {
        if (Schedule is null) Set(rate);
        else Factor = rate;
        start = rate;
    }

    public void SaveState(StateWriter to)
    {
        if (Schedule is null) to.Write("learningRate", constant);
        to.Write("rateFactor", Factor);
        to.Write("startRate", Start);
    }

    /// <summary>Reads the state of <see cref="SaveState"/>; the returned action applies it.</summary>
    /// <exception cref="ModelFormatException">A rate is missing, negative or not finite.</exception>
    public Action PrepareState(StateReader from)
    {
        double rate = Schedule is null ? Read(from, "learningRate") : 0, factor = Read(from, "rateFactor"), began = Read(from, "startRate");
        if (!float.IsFinite((float)(rate * factor))) throw from.Wrong("rateFactor", "a factor that leaves the rate finite");
        return () => (constant, Factor, start) = (rate, factor, began);
    }

    private static double Read(StateReader from, string name)
    {
        double rate = from.ReadDouble(name);
        return rate >= 0 && float.IsFinite((float)rate) ? rate : throw from.Wrong(name, "a finite rate ≥ 0");
    }
}
