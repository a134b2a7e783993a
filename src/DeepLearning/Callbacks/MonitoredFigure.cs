namespace DeepLearning;

/// <summary>A figure that something follows, and which direction of it is better. NaN is never better than anything.</summary>
internal readonly record struct MonitoredFigure(string Name, bool HigherIsBetter)
{
    /// <summary>What every number but NaN is better than.</summary>
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
        string metric = names.Contains(plain) ? "" : $"No metric is called {plain}: give Compile one that is, as new Accuracy() is called accuracy. ";
        bool validates = names.Any(n => n.StartsWith(Validation, StringComparison.Ordinal));
        return (metric + (ofValidation && !validates ? "Validation figures need FitOptions.Validation or ValidationSplit." : "")).TrimEnd();
    }

    /// <summary>Whether a value is better than another by more than <paramref name="delta"/>.</summary>
    public bool Improves(float current, float reference, float delta = 0f)
        => HigherIsBetter ? current - delta > reference : current + delta < reference;
}
