using System.Globalization;
using TorchSharp;

namespace DeepLearning.Benchmarks.LibTorch;

/// <summary>Markdown tables of medians and ratios at one and two threads.</summary>
internal static class Report
{
    private static readonly int[] Threads = [1, 2];

    public static void Print(TextWriter output, string filter, double seconds)
    {
        output.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}, libtorch 2.10.0 by TorchSharp 0.107.0. Ratio: libtorch's median time / ours.");
        IEnumerable<Func<IEnumerable<Comparison>>> groups =
        [
            () => ProductComparison.All,
            () => StepComparison.All,
            () => InferenceComparison.All,
            () => [new EpochComparison()],
        ];
        foreach (Func<IEnumerable<Comparison>> group in groups)
        {
            bool titled = false;
            foreach (Comparison comparison in group())
            {
                if (!$"{comparison.Group}: {comparison.Name}".Contains(filter, StringComparison.OrdinalIgnoreCase)) continue;
                if (!titled) PrintTitle(output, comparison);
                titled = true;
                PrintRow(output, comparison, seconds);
            }
        }

        PrintLimit(output, filter, seconds);
        PrintProcesses(output, filter);
        if (!"MathNet".Contains(filter, StringComparison.OrdinalIgnoreCase)) return;
        output.WriteLine();
        MathNetTable.Print(output);
    }

    /// <summary>How much of what one core can do at most a whole product does: the micro kernel alone and the product, by turns.</summary>
    private static void PrintLimit(TextWriter output, string filter, double seconds)
    {
        if (!"Limit of one core".Contains(filter, StringComparison.OrdinalIgnoreCase)) return;
        output.WriteLine();
        output.WriteLine("| Limit of one core, GFLOP/s | product | micro kernel alone | share | target |");
        output.WriteLine("|---|---:|---:|---:|---:|");
        UseThreads(1);
        foreach (ProductComparison product in ProductComparison.All.Where(p => p.Flops >= 2.0 * 512 * 512 * 512))
        {
            Medians median = Interleaved.Measure(product.Ours, KernelPeak.Run, seconds, threads: 1);
            double ours = product.Flops / median.Ours / 1e9, limit = KernelPeak.Flops / median.Theirs / 1e9;
            string mark = ours >= 0.9 * limit ? "" : " ✗";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {product.Name} | {ours:F0} | {limit:F0} | {ours / limit:F2}{mark} | ≥ 0.9 |"));
        }
    }

    private static void PrintProcesses(TextWriter output, string filter)
    {
        if (!"Processes: start, training".Contains(filter, StringComparison.OrdinalIgnoreCase)) return;
        output.WriteLine();
        output.WriteLine("| Processes | ours | libtorch | ratio | target |");
        output.WriteLine("|---|---:|---:|---:|---:|");
        var runs = new List<(double OurTime, double OurMemory, double TheirTime, double TheirMemory)>();
        for (int run = 0; run < 9; run++)
        {
            (double ourTime, double ourMemory) = ChildProcess.Measure("start-ours");
            (double theirTime, double theirMemory) = ChildProcess.Measure("start-libtorch");
            runs.Add((ourTime, ourMemory, theirTime, theirMemory));
        }

        Row("start to first prediction, ms", Interleaved.Median(runs.Select(r => r.OurTime)), Interleaved.Median(runs.Select(r => r.TheirTime)), "ours ≤ 100");
        Row("memory then, MB", Interleaved.Median(runs.Select(r => r.OurMemory)), Interleaved.Median(runs.Select(r => r.TheirMemory)), "");
        Row("most memory of a training, MB", ChildProcess.Measure("training-ours").Result, ChildProcess.Measure("training-libtorch").Result, "≥ 1");

        void Row(string name, double ours, double theirs, string target)
            => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {ours:F0} | {theirs:F0} | {theirs / ours:F2} | {target} |"));
    }

    private static void PrintTitle(TextWriter output, Comparison comparison)
    {
        string unit = comparison is ProductComparison ? "GFLOP/s" : "time";
        output.WriteLine();
        output.WriteLine($"| {comparison.Group}, {unit} | ours, 1 thread | libtorch | ratio | ours, 2 threads | libtorch | ratio | 1 → 2 | target | two cores |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    }

    private static void PrintRow(TextWriter output, Comparison comparison, double seconds)
    {
        UseThreads(1);
        comparison.Verify();
        string row = $"| {comparison.Name} ";
        var medians = new List<Medians>();
        foreach (int threads in Threads)
        {
            UseThreads(threads);
            Medians median = Interleaved.Measure(comparison.Ours, comparison.Theirs, seconds, threads);
            medians.Add(median);
            string mark = median.Ratio >= comparison.Target ? "" : " ✗";
            row += $"| {Figure(comparison, median.Ours)} | {Figure(comparison, median.Theirs)} | {median.Ratio:F2}{mark} ";
        }

        output.WriteLine($"{row}| {medians[0].Ours / medians[1].Ours:F2} | ≥ {comparison.Target} | {medians[1].ShareWithCores:P0} |");
    }

    private static void UseThreads(int count)
    {
        Parallelism.ThreadCount = count;
        torch.set_num_threads(count);
    }

    private static string Figure(Comparison comparison, double time) => comparison is ProductComparison
        ? (comparison.Flops / time / 1e9).ToString("F0", CultureInfo.InvariantCulture)
        : time switch
        {
            < 1e-3 => $"{time * 1e6:F1} µs",
            < 1 => $"{time * 1e3:F2} ms",
            _ => $"{time:F2} s",
        };
}
