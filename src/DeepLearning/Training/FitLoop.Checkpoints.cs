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

    private StateReader? NewestCheckpoint()
    {
        if (checkpoints?.Newest(run, warnings) is not { } found) return null;
        StateReader state = found.State.Part(StateWriter.BesideWeights), loop = state.Part("loop");
        long begun = loop.ReadInt64("epoch") + (loop.ReadBoolean("withinEpoch") ? 1 : 0);
        var differences = new List<string>();
        if (begun > options.Epochs) differences.Add($"{nameof(FitOptions.Epochs)}: {begun} begun in the checkpoint, {options.Epochs} wanted by this run");
        IEnumerable<string> missing = state.Part("callback").Names.Select(CallbackOf).Distinct().Except(NamedCallbacks().Select(c => c.Name));
        differences.AddRange(missing.Select(m => $"{nameof(FitOptions.Callbacks)}: {m} in the checkpoint, nothing in this run"));
        if (differences.Count > 0) throw new CheckpointMismatchException(found.Name, differences);
        history.ResumedFrom = found.Name;
        return found.State;
    }

    /// <summary>The callbacks by their class, and where there are several of one by their order: others may come and go between.</summary>
    private IEnumerable<(string Name, Callback Callback)> NamedCallbacks()
        => callbacks.GroupBy(c => c.GetType().Name).SelectMany(same => same.Select((callback, i) => (i == 0 ? same.Key : $"{same.Key}_{i}", callback)));

    /// <summary>The callback that a saved value belongs to.</summary>
    private static string CallbackOf(string name) => name[..name.IndexOf('.', StringComparison.Ordinal)];

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
        StateWriter own = state.Part("callback");
        foreach ((string name, Callback callback) in NamedCallbacks()) callback.SaveState(own.Part(name));
        SaveLoop(state.Part("loop"));
        history.SaveState(state.Part("history"));
        checkpoints!.Save(run, file, steps, isBest);
        savedSteps = steps;
    }

    private void SaveLoop(StateWriter to)
    {
        to.Write("epoch", epoch);
        to.Write("withinEpoch", withinEpoch);
        to.Write("epochBeginning", unchecked((long)epochBeginning));
        if (withinEpoch && epochWeights.Length > 0) to.Write("epochWeights", epochWeights);
        to.Write("lastEpoch", context.Epoch);
        to.Write("batch", context.Batch);
        to.Write("stopping", context.Stopping);
        to.Write("steps", steps);
        to.Write("best", best);
        to.Write("monitor", monitored.Name);
        to.Write("higherIsBetter", monitored.HigherIsBetter);
        to.Write("epochs", options.Epochs);
        means.SaveState(to.Part("means"));
        to.Write("logs", logs.Values.ToArray());
    }

    /// <summary>Takes a checkpoint up: reads all of it before anything is changed but the callbacks.</summary>
    private void Load(StateReader file)
    {
        StateReader state = file.Part(StateWriter.BesideWeights);
        float given = compilation.Optimizer.StartRate, began = state.Part("optimizer").ReadSingle("startRate");
        List<Action> commit = [model.PrepareState(file), compilation.Optimizer.PrepareState(model.Parameters, state.Part("optimizer"))];
        commit.Add(PrepareLoop(state.Part("loop")));
        commit.Add(history.PrepareState(state.Part("history")));
        StateReader own = state.Part("callback");
        HashSet<string> saved = [.. own.Names.Select(CallbackOf)];
        foreach ((string name, Callback callback) in NamedCallbacks())
            if (saved.Contains(name)) callback.LoadState(own.Part(name));
        foreach (Action action in commit) action();
        if (given == began) return;
        compilation.Optimizer.RestartAt(given);
        warnings.Add(FormattableString.Invariant(
            $"{history.ResumedFrom} is of a run that began with a learning rate of {began}; from here on it is {given}, as this run was given."));
    }

    /// <summary>The best figure so far; where another figure was followed, or its other direction, none is comparable.</summary>
    private float BestSoFar(StateReader from)
    {
        if (!from.Contains("monitor")) return from.ReadSingle("best");
        var before = new MonitoredFigure(from.ReadString("monitor"), from.ReadBoolean("higherIsBetter"));
        if (before == monitored) return from.ReadSingle("best");
        if (options.Checkpoint!.KeepBest)
            warnings.Add($"{history.ResumedFrom} is of a run whose best had the {Text(before)}; from here on it has the {Text(monitored)}, of the epochs to come.");
        return monitored.Worst;

        static string Text(MonitoredFigure figure) => $"{(figure.HigherIsBetter ? "highest" : "lowest")} {figure.Name}";
    }

    private Action PrepareLoop(StateReader from)
    {
        (long at, long last, long batch, long count) = (from.ReadInt64("epoch"), from.ReadInt64("lastEpoch"), from.ReadInt64("batch"), from.ReadInt64("steps"));
        (bool within, bool stopping) = (from.ReadBoolean("withinEpoch"), from.ReadBoolean("stopping"));
        long beginning = from.ReadInt64("epochBeginning");
        float bestSoFar = BestSoFar(from);
        // Who asks for more epochs than before wants to go on, whatever ended the epochs of before.
        stopping &= !from.Contains("epochs") || options.Epochs <= from.ReadInt64("epochs");
        float[] weights = within && epochWeights.Length > 0 ? from.ReadArray("epochWeights", epochWeights.Length) : epochWeights;
        float[] values = from.ReadArray("logs", logs.Count);
        Action running = means.PrepareState(from.Part("means"));
        return () =>
        {
            running();
            weights.CopyTo(epochWeights, 0);
            values.CopyTo(logs.Values);
            (epoch, withinEpoch, epochBeginning) = ((int)at, within, unchecked((ulong)beginning));
            (context.Epoch, context.Batch, context.Samples) = ((int)last, (int)batch, means.Samples);
            (steps, savedSteps, best) = (count, count, bestSoFar);
            if (stopping) context.Stop();
        };
    }
}
