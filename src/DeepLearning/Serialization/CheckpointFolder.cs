using System.Globalization;

namespace DeepLearning;

/// <summary>
/// A folder with the newest checkpoints of one run, <c>checkpoint-00000120.safetensors</c> after 120 steps, and the best, <c>best.safetensors</c>.
/// </summary>
internal sealed class CheckpointFolder(Model model, CheckpointOptions options)
{
    private const string Start = "checkpoint-", End = ".safetensors", Best = "best.safetensors";
    private const string Aside = ".aside";

    /// <summary>The absolute path when the run began: the program may change its current directory.</summary>
    private readonly string folder = Path.GetFullPath(options.Folder);

    private FolderLock? held;

    /// <summary>The steps of this run's checkpoints; null until it is known whether the run resumes or starts over.</summary>
    private SortedSet<long>? own;

    /// <summary>Locks out every other run, in this process and in others, until the result is disposed of or the process ends in any way.</summary>
    /// <exception cref="IOException">Another run uses the folder, or it cannot be written to.</exception>
    public IDisposable Hold() => held = FolderLock.Take(folder);

    /// <summary>The names of the checkpoints that a run may resume from, in the order to try them.</summary>
    public IReadOnlyList<string> Names()
    {
        if (!options.Resume || !Directory.Exists(folder)) return [];
        BringBack();
        return [.. Numbers().OrderDescending().Select(PathOf).Append(PathOfBest).Where(File.Exists)];
    }

    /// <summary>Reads one of <see cref="Names"/>, which must belong to the same run.</summary>
    /// <exception cref="CheckpointMismatchException">It is of another run.</exception>
    /// <exception cref="ModelFormatException">It is damaged.</exception>
    public StateReader Read(string name, IReadOnlyDictionary<string, string> run)
    {
        (StateReader state, IReadOnlyDictionary<string, string> saved) = CheckpointFile.Read(name);
        CheckpointFile.RequireSame(name, saved, run);
        StateReader loop = state.Part(StateWriter.BesideWeights).Part("loop");
        return name == PathOfBest || name == PathOf(loop.ReadInt64("steps")) ? state : throw loop.Wrong("steps", "the number in the file's name");
    }

    /// <summary>Records that the run resumes from its checkpoint after this many steps.</summary>
    public void GoOnFrom(long steps) => own = [.. Numbers().Where(n => n <= steps)];

    /// <summary>Saves a checkpoint, and deletes those that are no longer needed.</summary>
    /// <exception cref="IOException">It cannot be written; existing checkpoints are kept.</exception>
    public void Save(IReadOnlyDictionary<string, string> run, StateWriter state, long steps, bool best)
    {
        try
        {
            Directory.CreateDirectory(folder);
            held?.TakeAgainWhereLost();
            BringBack();
            RemoveLeftovers();
            string[] others = Others();
            foreach (string other in others) File.Move(other, other + Aside, overwrite: true);
            try
            {
                // The best one first: a checkpoint that records the best figure so far needs its file.
                if (best) CheckpointFile.Write(PathOfBest, model, options.LayerKinds, run, state);
                CheckpointFile.Write(PathOf(steps), model, options.LayerKinds, run, state);
            }
            catch
            {
                foreach (string other in others) File.Move(other + Aside, other, overwrite: true);
                throw;
            }

            foreach (string other in Directory.EnumerateFiles(folder, $"*{End}{Aside}")) File.Delete(other);
            own ??= [];
            DropOldest(steps);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new IOException($"The checkpoints in {folder} cannot be written: {failure.Message}", failure);
        }
    }

    /// <summary>A process that was killed before its first checkpoint was complete left those it had moved aside; they are all there is.</summary>
    private void BringBack()
    {
        if (Numbers().Any() || File.Exists(PathOfBest)) return;
        foreach (string other in Directory.GetFiles(folder, $"*{End}{Aside}")) File.Move(other, other[..^Aside.Length]);
    }

    /// <summary>Of any step: an abandoned run's step may never come again.</summary>
    private void RemoveLeftovers()
        => AtomicFile.RemoveLeftovers(
            folder, n => n == Best || (n.StartsWith(Start, StringComparison.Ordinal) && n.EndsWith(End, StringComparison.Ordinal)));

    private void DropOldest(long newest)
    {
        own!.Add(newest);
        while (own.Count > options.KeepLast)
        {
            File.Delete(PathOf(own.Min));
            own.Remove(own.Min);
        }
    }

    /// <summary>
    /// The checkpoints that this run did not resume from: those of an abandoned run, and damaged ones. They are moved aside while the first one of this run is
    /// written, and deleted afterwards.
    /// </summary>
    private string[] Others()
    {
        IEnumerable<string> numbered = Numbers().Where(n => own is null || !own.Contains(n)).Select(PathOf);
        return own is null && File.Exists(PathOfBest) ? [.. numbered, PathOfBest] : [.. numbered];
    }

    private IEnumerable<long> Numbers()
    {
        foreach (string path in Directory.EnumerateFiles(folder, $"{Start}*{End}"))
        {
            string name = Path.GetFileName(path);
            if (long.TryParse(name[Start.Length..^End.Length], NumberStyles.None, CultureInfo.InvariantCulture, out long number) && path == PathOf(number))
                yield return number;
        }
    }

    private string PathOf(long steps) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Start}{steps:00000000}{End}"));

    private string PathOfBest => Path.Combine(folder, Best);
}
