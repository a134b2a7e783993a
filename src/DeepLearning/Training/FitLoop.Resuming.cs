namespace DeepLearning;

internal sealed partial class FitLoop
{
    /// <summary>Tells the callbacks that the run begins, and takes up the newest checkpoint that is good, where there is one.</summary>
    private void Begin()
    {
        var damaged = new List<string>();
        using IEnumerator<SavedRun> saved = SavedRuns(damaged).GetEnumerator();
        bool found = saved.MoveNext();
        compilation.Optimizer.BeginRun();
        foreach (Callback callback in callbacks) callback.OnTrainBegin(context);
        compilation.Optimizer.Restart();
        while (found && !LoadCallbacks(saved.Current, damaged)) found = saved.MoveNext();
        if (!found) return;
        if (damaged.Count > 0)
            warnings.Add($"Went on from {saved.Current.Name}, because newer checkpoints cannot be read. {string.Join(' ', damaged)}");
        saved.Current.TakeUp();
    }

    /// <summary>The checkpoints whose state is good, the newest first.</summary>
    /// <param name="damaged">Takes the messages about the others.</param>
    /// <exception cref="ModelFormatException">At the end, where there were checkpoints: none was good.</exception>
    /// <exception cref="CheckpointMismatchException">One is of another run.</exception>
    private IEnumerable<SavedRun> SavedRuns(List<string> damaged)
    {
        foreach (string name in checkpoints?.Names() ?? [])
        {
            SavedRun saved;
            try
            {
                saved = Prepare(name);
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
            $"None of the {damaged.Count} checkpoints in {options.Checkpoint!.Folder} can be read; delete them to start over. {string.Join(' ', damaged)}");
    }

    /// <summary>Reads and checks the state in a checkpoint, all but that of the callbacks, and changes nothing.</summary>
    private SavedRun Prepare(string name)
    {
        StateReader file = checkpoints!.Read(name, run), state = file.Part(StateWriter.BesideWeights), loop = state.Part("loop");
        LoopState at = LoopState.Read(loop, options.InitialEpoch, batches.BatchesPerEpoch);
        float[][] figures = history.ReadState(state.Part("history"), at.Epoch - options.InitialEpoch);
        long trained = state.Part("model").ReadInt64("stepsTrained", at.Steps, StateReader.LargestCount);
        long beginning = loop.ReadInt64("epochBeginning", trained - at.Batch, trained - at.Batch);
        long? samples = batches.SamplesIn(at.Batch);
        _ = loop.Part("means").ReadInt64("samples", samples ?? at.Batch, samples ?? StateReader.LargestCount);
        string[] remembering = state.ReadString("callbacks").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] present = [.. state.Part("callback").Names.Select(n => n.Split('.')[0]).Distinct()];
        if (!remembering.ToHashSet().SetEquals(present)) throw state.Wrong("callbacks", $"'{string.Join(' ', present)}'");
        Action[] commit =
        [
            model.PrepareState(file),
            PrepareOptimizer(name, state.Part("optimizer")),
            means.PrepareState(loop.Part("means")),
            PrepareFigures(name, loop, at, figures),
            PreparePlace(name, loop, at, (ulong)beginning),
        ];
        RequireSameRun(name, at, remembering);
        return new SavedRun(name, state.Part("callback"), at.Epoch, remembering, () => Array.ForEach(commit, action => action()));
    }

    private void RequireSameRun(string name, LoopState at, IReadOnlyList<string> remembering)
    {
        var differences = new List<string>();
        int begun = at.LastEpoch + 1;
        if (begun > options.Epochs) differences.Add($"{nameof(FitOptions.Epochs)}: {begun} begun in the checkpoint, {options.Epochs} wanted by this run");
        differences.AddRange(remembering.Except(NamedCallbacks().Select(c => c.Name))
            .Select(missing => $"{nameof(FitOptions.Callbacks)}: {missing} in the checkpoint, nothing in this run"));
        if (differences.Count > 0) throw new CheckpointMismatchException(name, differences);
    }

    private Action PrepareOptimizer(string name, StateReader from)
    {
        Optimizer optimizer = compilation.Optimizer;
        Action state = optimizer.PrepareState(model.Parameters, from);
        double given = optimizer.StartRate;
        float began = (float)from.ReadDouble("startRate");
        return () =>
        {
            state();
            if ((float)given == began) return;
            optimizer.RestartAt(given);
            warnings.Add(FormattableString.Invariant(
                $"{name} is of a run that began with a learning rate of {began}; from here on it is {(float)given}, as this run was given."));
        };
    }

    private Action PreparePlace(string name, StateReader from, LoopState at, ulong beginning)
    {
        float[] weights = at.WithinEpoch && epochWeights.Length > 0 ? model.Parameters.ReadWeights(from, "epochWeights") : epochWeights;
        return () =>
        {
            weights.CopyTo(epochWeights, 0);
            (epoch, withinEpoch, epochBeginning) = (at.Epoch, at.WithinEpoch, beginning);
            (context.Epoch, context.Batch, context.Samples) = (at.LastEpoch, at.Batch, means.Samples);
            (steps, savedSteps) = (at.Steps, at.Steps);
            // Who asks for more epochs than before wants to go on, whatever ended the epochs of before.
            if (at.Stopping && options.Epochs <= at.Epochs) context.Stop();
            history.ResumedFrom = name;
            checkpoints!.GoOnFrom(steps);
        };
    }

    /// <summary>The figures by epoch, those of the moment, and the best.</summary>
    private Action PrepareFigures(string name, StateReader from, LoopState at, float[][] figures)
    {
        float[] values = from.ReadArray("logs", [logs.Count]), last = [.. figures.Select(f => f.Length == 0 ? float.NaN : f[^1])];
        int running = compilation.Names.Count, begun = at.WithinEpoch && at.Batch > 0 ? running : 0;
        if (!values.AsSpan(begun).SequenceEqual(last.AsSpan(begun))) throw from.Wrong("logs", "the figures of the last epoch");
        if (at.Batch > 0)
        {
            var again = new RunningFigures(compilation);
            again.PrepareState(from.Part("means"))();
            again.CopyTo(last);
            bool agree = values.AsSpan(0, running).SequenceEqual(last.AsSpan(0, running));
            // After a step, what is computed only at the end of an epoch is NaN.
            if (!agree && at.WithinEpoch) again.CopyRunningTo(last);
            if (!agree && !values.AsSpan(0, running).SequenceEqual(last.AsSpan(0, running)))
                throw from.Wrong("logs", "the figures that the sums beside them give");
        }

        var before = new MonitoredFigure(from.ReadString("monitor"), from.ReadBoolean("higherIsBetter"));
        int followed = logs.Names.ToList().IndexOf(before.Name);
        if (followed < 0) throw from.Wrong("monitor", $"one of {string.Join(", ", logs.Names)}");
        float bestBefore = from.ReadSingle("best");
        if (bestBefore != before.Worst && !figures[followed].Contains(bestBefore))
            throw from.Wrong("best", $"{before.Worst} or one of the values of {before.Name}");
        return () =>
        {
            history.Restore(figures);
            values.CopyTo(logs.Values);
            // Where another figure was followed, or its other direction, none is comparable.
            best = before == monitored ? bestBefore : monitored.Worst;
            if (before == monitored || !options.Checkpoint!.KeepBest) return;
            warnings.Add(
                $"{name} is of a run whose best had the {Text(before)}; from here on it has the {Text(monitored)}, of the epochs to come.");
        };

        static string Text(MonitoredFigure figure) => $"{(figure.HigherIsBetter ? "highest" : "lowest")} {figure.Name}";
    }

    /// <summary>Gives the callbacks their state. Where one cannot take it, all have again what they had.</summary>
    /// <returns>Whether each took it.</returns>
    private bool LoadCallbacks(SavedRun saved, List<string> damaged)
    {
        var before = new List<(Callback Callback, StateWriter State)>();
        context.EpochsDone = saved.EpochsDone;
        foreach ((string name, Callback callback) in NamedCallbacks().Where(c => saved.Remembering.Contains(c.Name)))
        {
            var had = new StateWriter();
            callback.SaveState(had);
            before.Add((callback, had));
            try
            {
                callback.LoadState(saved.Callbacks.Part(name));
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                context.EpochsDone = options.InitialEpoch;
                foreach ((Callback changed, StateWriter state) in before) PutBack(changed, state);
                if (failure is InvalidOperationException) throw new CheckpointMismatchException(saved.Name, [failure.Message]);
                damaged.Add($"{saved.Name}: {name} cannot take up its state: {failure.Message}");
                return false;
            }
        }

        return true;
    }

    /// <summary>A callback that had nothing to remember, or cannot read what it wrote, begins as in a new run.</summary>
    private void PutBack(Callback callback, StateWriter had)
    {
        try
        {
            if (had.Count > 0)
            {
                callback.LoadState(had.Read());
                return;
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The failure that is told is the one before.
        }

        callback.OnTrainBegin(context);
    }
}
