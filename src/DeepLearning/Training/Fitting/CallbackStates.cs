namespace DeepLearning;

/// <summary>The state of a run's callbacks, in its checkpoints.</summary>
internal static class CallbackStates
{
    /// <summary>
    /// The callbacks by class, and by order if there are several of one class, so that others may be added or removed in between. The number follows a
    /// character that no class name contains.
    /// </summary>
    public static IEnumerable<(string Name, Callback Callback)> Named(FitRun run)
        => run.Callbacks.GroupBy(c => NameOf(c.GetType())).SelectMany(same => same.Select((callback, i) => (i == 0 ? same.Key : $"{same.Key}#{i}", callback)));

    /// <summary>Writes the state of each callback, and which callbacks have state.</summary>
    public static void Save(FitRun run, StateWriter file, StateWriter state)
    {
        var remembering = new List<string>();
        foreach ((string name, Callback callback) in Named(run))
        {
            int before = file.Count;
            callback.SaveState(state.Part("callback").Part(name));
            if (file.Count > before) remembering.Add(name);
        }

        state.Write("callbacks", string.Join(' ', remembering));
    }

    /// <summary>Restores the state of the callbacks. If one cannot restore it, all are returned to their previous state.</summary>
    /// <returns>Null on success; otherwise what was wrong.</returns>
    /// <exception cref="CheckpointMismatchException">A callback is configured differently than in the checkpoint.</exception>
    public static string? Load(FitRun run, SavedRun saved)
    {
        var before = new List<(Callback Callback, StateWriter State)>();
        run.Context.EpochsDone = saved.EpochsDone;
        RunStop stopped = run.Context.Stopped;
        foreach ((string name, Callback callback) in Named(run).Where(c => saved.Remembering.Contains(c.Name)))
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
                (run.Context.EpochsDone, run.Context.Stopped) = (run.Options.InitialEpoch, stopped);
                foreach ((Callback changed, StateWriter state) in before) PutBack(run, changed, state);
                if (failure is InvalidOperationException) throw new CheckpointMismatchException(saved.Name, [failure.Message]);
                return $"{saved.Name}: {name} cannot restore its state: {failure.Message}";
            }
        }

        return null;
    }

    /// <summary>A callback that had no state, or cannot read what it wrote, starts as in a new run.</summary>
    private static void PutBack(FitRun run, Callback callback, StateWriter had)
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
            // The earlier failure is the one reported.
        }

        callback.OnTrainBegin(run.Context);
    }

    private static string NameOf(Type type)
        => type.GenericTypeArguments is { Length: > 0 } of ? $"{type.Name}<{string.Join(',', of.Select(NameOf))}>" : type.Name;
}
