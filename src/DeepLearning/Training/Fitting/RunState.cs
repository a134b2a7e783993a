namespace DeepLearning;

/// <summary>The whole state of a run in a checkpoint. It is read and checked completely before any of it is applied.</summary>
internal static class RunState
{
    private const string EpochWeights = "epochWeights";

    public static StateWriter Save(FitRun run, BestFigure best)
    {
        var file = new StateWriter();
        ModelState.Save(run.Model, file, run.Optimizer.RunningAverage);
        StateWriter state = file.Part(StateWriter.BesideWeights);
        run.Optimizer.SaveState(state.Part("optimizer"));
        CallbackStates.Save(run, file, state);
        StateWriter loop = state.Part("loop");
        new LoopState(run.Epoch, run.WithinEpoch, run.Context.Batch, run.Context.Stopped == RunStop.ForGood, run.Steps, run.Options.Epochs).Save(loop);
        loop.Write("epochBeginning", unchecked((long)run.EpochBeginning));
        if (run.WithinEpoch) run.BeginningValues!.Save(loop, EpochWeights);
        best.Save(loop);
        run.Means.SaveState(loop.Part("means"));
        loop.Write("logs", run.Logs.Values.ToArray());
        run.History.SaveState(state.Part("history"));
        return file;
    }

    /// <summary>Reads and checks the state in a checkpoint, except that of the callbacks, without changing anything.</summary>
    /// <exception cref="ModelFormatException">Something is missing, or cannot belong to a run.</exception>
    /// <exception cref="CheckpointMismatchException">It is of a run with other callbacks, or with more epochs.</exception>
    public static SavedRun Prepare(FitRun run, BestFigure best, string name, StateReader file)
    {
        StateReader state = file.Part(StateWriter.BesideWeights), loop = state.Part("loop");
        LoopState at = LoopState.Read(loop, run.Options.InitialEpoch, run.Batches.PerEpoch);
        float[][] figures = run.History.ReadState(state.Part("history"), at.Epoch - run.Options.InitialEpoch);
        long trained = state.Part("model").ReadInt64("stepsTrained", at.Steps, StateReader.LargestCount);
        long beginning = loop.ReadInt64("epochBeginning", trained - at.Batch, trained - at.Batch);
        long? samples = run.Batches.SamplesIn(at.Batch);
        _ = loop.Part("means").ReadInt64("samples", samples ?? at.Batch, samples ?? StateReader.LargestCount);
        string[] remembering = state.ReadString("callbacks").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] present = [.. state.Part("callback").Names.Select(n => n.Split('.')[0]).Distinct()];
        if (!remembering.ToHashSet().SetEquals(present)) throw state.Wrong("callbacks", $"'{string.Join(' ', present)}'");
        Action[] commit =
        [
            ModelState.Prepare(run.Model, file),
            PrepareOptimizer(run, name, state.Part("optimizer")),
            run.Means.PrepareState(loop.Part("means")),
            PrepareFigures(run, loop, at, figures),
            best.Prepare(run, name, loop, figures),
            PreparePlace(run, loop, at, (ulong)beginning),
        ];
        RequireSameRun(run, name, at, remembering);
        return new SavedRun(name, state.Part("callback"), at.Epoch, remembering, () => Array.ForEach(commit, action => action()));
    }

    private static void RequireSameRun(FitRun run, string name, LoopState at, IReadOnlyList<string> remembering)
    {
        var differences = new List<string>();
        int begun = at.LastEpoch + 1;
        if (begun > run.Options.Epochs)
            differences.Add($"{nameof(FitOptions.Epochs)}: {begun} begun in the checkpoint, {run.Options.Epochs} requested by this run");
        differences.AddRange(remembering.Except(CallbackStates.Named(run).Select(c => c.Name))
            .Select(missing => $"{nameof(FitOptions.Callbacks)}: {missing} in the checkpoint, nothing in this run"));
        if (differences.Count > 0) throw new CheckpointMismatchException(name, differences);
    }

    private static Action PrepareOptimizer(FitRun run, string name, StateReader from)
    {
        Optimizer optimizer = run.Optimizer;
        Action state = optimizer.PrepareState(run.Model.Parameters, from);
        double given = optimizer.StartRate;
        float began = (float)from.ReadDouble("startRate");
        bool[] trained = [.. run.Model.Parameters.Select(p => p.Trainable)];
        return () =>
        {
            state();
            string[] others = [.. run.Model.Parameters.Where((p, i) => p.Trainable != trained[i]).Select(p => $"{p.Name} {(p.Trainable ? "trainable" : "frozen")}")];
            if (others.Length > 0)
                run.Warnings.Add($"As in {name}, {string.Join(", ", others)}, unlike at the start of this run; a callback can change it.");
            if ((float)given == began) return;
            optimizer.RestartAt(given);
            run.Warnings.Add(FormattableString.Invariant(
                $"{name} is of a run that began with a {optimizer.StartRateName} of {began}; from here on it is {(float)given}, as set in this run."));
        };
    }

    private static Action PreparePlace(FitRun run, StateReader from, LoopState at, ulong beginning)
    {
        ValueSnapshot? values = at.WithinEpoch ? ValueSnapshot.Read(from, EpochWeights, run.Model.Values) : null;
        return () =>
        {
            run.BeginningValues = values;
            (run.Epoch, run.WithinEpoch, run.EpochBeginning, run.Steps) = (at.Epoch, at.WithinEpoch, beginning, at.Steps);
            (run.Context.Epoch, run.Context.Batch, run.Context.Samples) = (at.LastEpoch, at.Batch, run.Means.Samples);
            // A caller that requests more epochs than before wants to continue, whatever ended the earlier run.
            if (at.Stopping && run.Options.Epochs <= at.Epochs) run.Context.Stop();
        };
    }

    /// <summary>The figures by epoch, and the current ones.</summary>
    private static Action PrepareFigures(FitRun run, StateReader from, LoopState at, float[][] figures)
    {
        float[] values = from.ReadArray("logs", [run.Logs.Count]), last = [.. figures.Select(f => f.Length == 0 ? float.NaN : f[^1])];
        int running = run.Compilation.Names.Count, begun = at.WithinEpoch && at.Batch > 0 ? running : 0;
        if (!values.AsSpan(begun).SequenceEqual(last.AsSpan(begun))) throw from.Wrong("logs", "the figures of the last epoch");
        if (at.Batch > 0)
        {
            var again = new RunningFigures(run.Compilation);
            again.PrepareState(from.Part("means"))();
            again.CopyTo(last);
            bool agree = values.AsSpan(0, running).SequenceEqual(last.AsSpan(0, running));
            // After a step, figures computed only at the end of an epoch are NaN.
            if (!agree && at.WithinEpoch) again.CopyRunningTo(last);
            if (!agree && !values.AsSpan(0, running).SequenceEqual(last.AsSpan(0, running)))
                throw from.Wrong("logs", "the figures that the sums beside them give");
        }

        return () =>
        {
            run.History.Restore(figures);
            values.CopyTo(run.Logs.Values);
        };
    }
}
