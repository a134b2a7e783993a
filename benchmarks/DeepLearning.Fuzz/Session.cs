using System.Diagnostics;

namespace DeepLearning.Fuzz;

/// <summary>Runs one parser on mutated files for a while. A fault is an exception of another type, a slow file, or one that takes far more memory than it has.</summary>
internal sealed class Session(Parser parser, int seed)
{
    /// <summary>A file of a few kilobytes that takes longer than this is read in a loop that does not end, or by its claims.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(5);

    /// <summary>Buffers of a parser beside what the file's own bytes can ask for.</summary>
    private const long MostMemory = 64 << 20;

    private readonly Mutation mutation = new(new Random(seed));
    private readonly Dictionary<string, string> faults = [];
    private long files, read, refused, mostMemory;
    private TimeSpan longest, ran;

    /// <summary>One line for each kind of fault, with a file that shows it.</summary>
    public IEnumerable<string> Faults => faults.Select(f => $"{parser.Name}: {f.Key}: {f.Value}");

    public void Run(TimeSpan time)
    {
        foreach (byte[] whole in parser.Seeds) parser.Read(parser.Seal(whole));
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < time)
        {
            byte[] mutated = mutation.Of(parser.Seeds);
            // One in four goes in as it is: the checks of sums and wrappers are to be seen too.
            Try(files % 4 == 0 ? mutated : parser.Seal(mutated));
        }

        ran = clock.Elapsed;
    }

    public override string ToString()
        => $"| {parser.Name} | {ran.TotalSeconds:0} | {files:N0} | {read:N0} | {refused:N0} | {longest.TotalMilliseconds:0} ms | {mostMemory >> 20} MB | {faults.Count} |";

    private void Try(byte[] file)
    {
        files++;
        long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
        try
        {
            parser.Read(file);
            read++;
        }
        catch (Exception e) when (e.GetType() == parser.Refusal)
        {
            refused++;
        }
        catch (Exception e)
        {
            Note($"{e.GetType().Name}: {e.StackTrace?.Split('\n')[0].Trim()}", file);
        }

        TimeSpan took = Stopwatch.GetElapsedTime(start);
        long memory = GC.GetAllocatedBytesForCurrentThread() - before;
        if (took > longest) longest = took;
        mostMemory = Math.Max(mostMemory, memory);
        if (took > MostTime) Note($"took {took.TotalSeconds:0.0} s", file);
        if (memory > MostMemory) Note($"took {memory >> 20} MB", file);
    }

    private void Note(string fault, byte[] file)
    {
        if (faults.ContainsKey(fault)) return;
        string path = Path.Combine(Path.GetTempPath(), $"fuzz-{parser.Name}-{faults.Count + 1}.bin");
        File.WriteAllBytes(path, file);
        faults[fault] = path;
    }
}
