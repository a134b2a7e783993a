namespace DeepLearning;

/// <summary>A monitored figure, and which direction is better. NaN is never better than anything.</summary>
internal readonly record struct MonitoredFigure(string Name, bool HigherIsBetter)
{
    /// <summary>The value that every number except NaN is better than.</summary>
    public float Worst => HigherIsBetter ? float.NegativeInfinity : float.PositiveInfinity;

    /// <summary>The figure of a run.</summary>
    /// <exception cref="ArgumentException">The run has no such figure: it lacks validation data, or the metric.</exception>
    public static MonitoredFigure Of(TrainingContext context, string name, MonitorMode mode, string who)
    {
        if (!context.Names.Contains(name))
        {
            throw new ArgumentException($"{who} monitors {name}, but this run has only {string.Join(", ", context.Names)}. {Advice(context.Names, name)}");
        }

        return new MonitoredFigure(name, mode == MonitorMode.Max || (mode == MonitorMode.Auto && context.HigherIsBetter(name)));
    }

    /// <summary>What the run lacks: validation data, the metric, or both.</summary>
    private static string Advice(IReadOnlyList<string> names, string name)
    {
        const string Validation = "val_";
        bool ofValidation = name.StartsWith(Validation, StringComparison.Ordinal);
        string plain = ofValidation ? name[Validation.Length..] : name;
        string metric = names.Contains(plain) ? "" : $"No metric is called {plain}: pass Compile a metric with that name; new Accuracy() is called accuracy, for example. ";
        bool validates = names.Any(n => n.StartsWith(Validation, StringComparison.Ordinal));
        return (metric + (ofValidation && !validates ? "Validation figures need FitOptions.Validation or ValidationSplit." : "")).TrimEnd();
    }

    /// <summary>Writes how its values are compared.</summary>
    /// <param name="name">The figure; empty if none is monitored.</param>
    /// <param name="state">Takes it.</param>
    public void Save(string name, StateWriter state)
    {
        state.Write("monitor", name);
        state.Write("higherIsBetter", HigherIsBetter);
    }

    /// <summary>Compares with what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidOperationException">Another figure was monitored, or its other direction.</exception>
    public void RequireSame(string name, StateReader state, string who)
    {
        (string before, bool higher) = (state.ReadString("monitor"), state.ReadBoolean("higherIsBetter"));
        if (before != name)
        {
            throw new InvalidOperationException(
                $"{who} monitors '{name}', but in the checkpoint it monitored '{before}'; their best values cannot be compared.");
        }

        if (higher != HigherIsBetter)
        {
            throw new InvalidOperationException(
                $"{who} looks for the {Direction(HigherIsBetter)} {name}, but in the checkpoint it looked for the {Direction(higher)}: "
                + $"set {nameof(EarlyStopping.Mode)} to what it was.");
        }
    }

    /// <summary>The best value so far: no number is better than the best possible.</summary>
    public float ReadBest(StateReader state)
    {
        float best = state.ReadComparable("best");
        return best == -Worst ? throw state.Wrong("best", $"a value that can be improved on, or {Worst},") : best;
    }

    /// <summary>Whether a value is better than another by more than <paramref name="delta"/>.</summary>
    public bool Improves(float current, float reference, float delta = 0f)
        => HigherIsBetter ? current - delta > reference : current + delta < reference;

    private static string Direction(bool higher) => higher ? "highest" : "lowest";
}
