namespace DeepLearning;

/// <summary>Decides when a run saves its state and which checkpoint it resumes from. Without <see cref="FitOptions.Checkpoint"/> it does nothing.</summary>
internal sealed class RunCheckpoints
{
    private readonly FitRun run;
    private readonly CheckpointOptions? options;
    private readonly CheckpointFolder? store;
    private readonly IReadOnlyDictionary<string, string> description = new Dictionary<string, string>();
    private readonly List<string> damaged = [];
    private readonly BestFigure best;
    private long savedSteps = -1;

    public RunCheckpoints(FitRun run)
    {
        (this.run, options) = (run, run.Options.Checkpoint);
        best = new BestFigure();
        if (options is null) return;
        store = new CheckpointFolder(run.Model, options);
        description = RunDescription.Of(run).Texts;
        string monitor = options.Monitor ?? (run.Validation is null ? "loss" : "val_loss");
        best = new BestFigure { Monitored = MonitoredFigure.Of(run.Context, monitor, options.Mode, nameof(CheckpointOptions)) };
        best.Value = best.Monitored.Worst;
    }

    /// <summary>Whether to save the state after this step.</summary>
    public bool AreDue => options?.EverySteps is { } every && run.Steps % every == 0;

    /// <summary>Keeps every other run out of the folder until the result is disposed of.</summary>
    public IDisposable? Hold() => store?.Hold();

    public void AfterEpoch()
    {
        if (options is null) return;
        float figure = run.Logs[best.Monitored.Name];
        bool improved = options.KeepBest && best.Monitored.Improves(figure, best.Value);
        if (improved) best.Value = figure;
        Save(improved);
    }

    /// <summary>Saves the state unless the newest checkpoint already has it.</summary>
    public void SaveWhatIsNew()
    {
        if (store is not null && savedSteps != run.Steps) Save(isBest: false);
    }

    public void Save(bool isBest)
    {
        store!.Save(description, RunState.Save(run, best), run.Steps, isBest);
        savedSteps = run.Steps;
    }

    /// <summary>The checkpoints whose state is valid, the newest first.</summary>
    /// <exception cref="ModelFormatException">At the end, if there were checkpoints but none was valid.</exception>
    /// <exception cref="CheckpointMismatchException">One is of another run.</exception>
    public IEnumerable<SavedRun> SavedRuns()
    {
        foreach (string name in store?.Names() ?? [])
        {
            SavedRun saved;
            try
            {
                saved = RunState.Prepare(run, best, name, store!.Read(name, description));
            }
            catch (ModelFormatException failure)
            {
                damaged.Add(failure.Message);
                continue;
            }

            yield return saved;
        }

        if (damaged.Count == 0) yield break;
        throw new ModelFormatException(
            $"None of the {damaged.Count} checkpoints in {options!.Folder} can be read; delete them to start over. {string.Join(' ', damaged)}");
    }

    /// <summary>Resumes from a checkpoint, if every callback can restore its state.</summary>
    public bool TryTakeUp(SavedRun saved)
    {
        if (CallbackStates.Load(run, saved) is { } failure)
        {
            damaged.Add(failure);
            return false;
        }

        if (damaged.Count > 0) run.Warnings.Add($"Resumed from {saved.Name}, because newer checkpoints cannot be read. {string.Join(' ', damaged)}");
        saved.TakeUp();
        savedSteps = run.Steps;
        run.History.ResumedFrom = saved.Name;
        store!.GoOnFrom(run.Steps);
        return true;
    }
}
