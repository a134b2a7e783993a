namespace DeepLearning;

internal sealed partial class FitLoop
{
    private ICheckpointStore? checkpoints;
    private IReadOnlyDictionary<string, string> run = new Dictionary<string, string>();
    private MonitoredFigure monitored;
    private float best;
    private long steps, savedSteps = -1;

    private void PrepareCheckpoints()
    {
        if (options.Checkpoint is not { } wanted) return;
        checkpoints = model.OpenCheckpoints(wanted);
        run = RunDescription.Of(model, compilation, options, batches, validation).Texts;
        monitored = MonitoredFigure.Of(context, wanted.Monitor ?? (validation is null ? "loss" : "val_loss"), wanted.Mode, nameof(CheckpointOptions));
        best = monitored.Worst;
    }

    /// <summary>
    /// The callbacks by their class, and where there are several of one by their order: others may come and go between. The number stands behind what no name
    /// of a class has.
    /// </summary>
    private IEnumerable<(string Name, Callback Callback)> NamedCallbacks()
        => callbacks.GroupBy(c => NameOf(c.GetType())).SelectMany(same => same.Select((callback, i) => (i == 0 ? same.Key : $"{same.Key}#{i}", callback)));

    private static string NameOf(Type type)
        => type.GenericTypeArguments is { Length: > 0 } of ? $"{type.Name}<{string.Join(',', of.Select(NameOf))}>" : type.Name;

    private void SaveAfterStep()
    {
        steps++;
        if (checkpoints is not null && options.Checkpoint!.EverySteps is { } every && steps % every == 0)
        {
            // A step may overflow the weights although its loss and gradients were finite: no checkpoint must hold such weights.
            if (step.OverflowedParameter() is { } place) throw Diverged(context.Batch - 1, place, logs.Values[0]);
            Save(isBest: false);
        }
    }

    private void SaveBeforeCancelling()
    {
        if (checkpoints is not null && savedSteps != steps && step.OverflowedParameter() is null) Save(isBest: false);
    }

    private void SaveAfterEpoch()
    {
        if (checkpoints is null) return;
        bool improved = options.Checkpoint!.KeepBest && monitored.Improves(logs[monitored.Name], best);
        if (improved) best = logs[monitored.Name];
        Save(improved);
    }

    private void Save(bool isBest)
    {
        var file = new StateWriter();
        model.SaveState(file, compilation.Optimizer.RunningAverage);
        StateWriter state = file.Part(StateWriter.BesideWeights);
        compilation.Optimizer.SaveState(state.Part("optimizer"));
        var remembering = new List<string>();
        foreach ((string name, Callback callback) in NamedCallbacks())
        {
            int before = file.Count;
            callback.SaveState(state.Part("callback").Part(name));
            if (file.Count > before) remembering.Add(name);
        }

        state.Write("callbacks", string.Join(' ', remembering));
        SaveLoop(state.Part("loop"));
        history.SaveState(state.Part("history"));
        checkpoints!.Save(run, file, steps, isBest);
        savedSteps = steps;
    }

    private void SaveLoop(StateWriter to)
    {
        new LoopState(epoch, withinEpoch, context.Batch, context.Stopping, steps, options.Epochs).Save(to);
        to.Write("epochBeginning", unchecked((long)epochBeginning));
        if (withinEpoch && epochWeights.Length > 0) to.Write("epochWeights", epochWeights);
        to.Write("best", best);
        to.Write("monitor", monitored.Name);
        to.Write("higherIsBetter", monitored.HigherIsBetter);
        means.SaveState(to.Part("means"));
        to.Write("logs", logs.Values.ToArray());
    }
}
