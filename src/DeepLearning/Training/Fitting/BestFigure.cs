namespace DeepLearning;

/// <summary>The best value so far of the figure that determines the best checkpoint.</summary>
internal sealed class BestFigure
{
    public MonitoredFigure Monitored { get; init; }

    public float Value { get; set; }

    public void Save(StateWriter to)
    {
        to.Write("best", Value);
        to.Write("monitor", Monitored.Name ?? "");
        to.Write("higherIsBetter", Monitored.HigherIsBetter);
    }

    /// <summary>Reads what <see cref="Save"/> wrote; the returned action, which cannot fail, applies it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="name">The checkpoint.</param>
    /// <param name="from">The reader.</param>
    /// <param name="figures">Every figure by epoch, as the checkpoint has them.</param>
    /// <exception cref="ModelFormatException">The run cannot have had this value.</exception>
    public Action Prepare(FitRun run, string name, StateReader from, float[][] figures)
    {
        var before = new MonitoredFigure(from.ReadString("monitor"), from.ReadBoolean("higherIsBetter"));
        int followed = run.Logs.Names.ToList().IndexOf(before.Name);
        if (followed < 0) throw from.Wrong("monitor", $"one of {string.Join(", ", run.Logs.Names)}");
        float bestBefore = from.ReadSingle("best");
        if (bestBefore != before.Worst && !figures[followed].Contains(bestBefore))
            throw from.Wrong("best", $"{before.Worst} or one of the values of {before.Name}");
        return () =>
        {
            // If another figure or direction was monitored, the values cannot be compared.
            Value = before == Monitored ? bestBefore : Monitored.Worst;
            if (before == Monitored || !run.Options.Checkpoint!.KeepBest) return;
            run.Warnings.Add(
                $"{name} is of a run whose best checkpoint had the {Text(before)}; from here on the best has the {Text(Monitored)} of the remaining epochs.");
        };

        static string Text(MonitoredFigure figure) => $"{(figure.HigherIsBetter ? "highest" : "lowest")} {figure.Name}";
    }
}
