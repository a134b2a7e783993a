namespace DeepLearning;

/// <summary>Handles a loss, a gradient or a weight that is not finite: restores values known to be good, and creates an exception that says which.</summary>
internal sealed class DivergenceRecovery(FitRun run)
{
    /// <summary>The batch of the step in progress.</summary>
    public Batch? Current { get; set; }

    /// <summary>Restores good values: those from the beginning of the epoch, or the best if an <see cref="EarlyStopping"/> keeps them.</summary>
    /// <param name="batch">The batch of the epoch, from 0.</param>
    /// <param name="place">The location of the first value that is not finite.</param>
    /// <param name="loss">The loss of the step.</param>
    /// <returns>What to throw.</returns>
    public TrainingDivergedException From(int batch, string place, float loss)
    {
        run.Model.Values.Restore(run.BeginningValues!);
        string weights = "those at the beginning of the epoch";
        foreach (EarlyStopping stopping in run.Callbacks.OfType<EarlyStopping>())
        {
            if (!stopping.PutBack(run.Model)) continue;
            weights = stopping.BestEpoch < 0
                ? "those of the first epoch that EarlyStopping monitored, as none was better"
                : $"those of epoch {stopping.BestEpoch + 1}, the best, which EarlyStopping kept";
        }

        string? cause = Current is null ? null : ScaleWarnings.FirstOf(run.Model, Current.InputTensors, Current.TargetTensors, run.Batches.Source.FeatureNames);
        return new TrainingDivergedException(
            run.Context.Epoch, batch, place, loss, $"The weights are {weights}; compile with a new optimizer before continuing.", cause, run.History);
    }
}
