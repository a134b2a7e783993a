using System.Diagnostics;
using System.Globalization;
using MathNet.Numerics.LinearAlgebra;

namespace DeepLearning.Benchmarks;

/// <summary>A Markdown table of GFLOP/s by shape and threads, beside the peak of one core and of peers in C#, all from one process.</summary>
internal static class GemmTable
{
    public static void Print(TextWriter output)
    {
        string culture = CultureInfo.CurrentCulture.Name;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        (double peakMedian, double peakBest) = Time(KernelPeak.Run, seconds: 0.5);
        double median1 = KernelPeak.Flops / peakMedian / 1e9, best1 = KernelPeak.Flops / peakBest / 1e9;
        output.WriteLine($"Micro kernel on one core, operands in the first-level cache: {median1:F0} GFLOP/s median, {best1:F0} best.");
        output.WriteLine();
        output.WriteLine("| product | 1 thread, median | best | 2 threads, median | best | time at 2, median |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (Product product in Product.All)
        {
            string row = $"| {product} ";
            double median = 0;
            foreach (int threads in new[] { 1, 2 })
            {
                Parallelism.ThreadCount = threads;
                (median, double best) = Time(product.Multiply, seconds: 0.35);
                row += string.Create(CultureInfo.InvariantCulture, $"| {product.Flops / median / 1e9:F1} | {product.Flops / best / 1e9:F1} ");
            }

            output.WriteLine(row + string.Create(CultureInfo.InvariantCulture, $"| {median * 1e6:F2} µs |"));
        }

        PrintPeers(output);
        CultureInfo.CurrentCulture = new CultureInfo(culture);
    }

    private static void PrintPeers(TextWriter output)
    {
        var square = new Product("square", 512, 512, 512);
        Matrix<float> x = Matrix<float>.Build.Dense(512, 512, (i, j) => (i - j) / 512f), y = x.Transpose(), z = Matrix<float>.Build.Dense(512, 512);
        output.WriteLine();
        output.WriteLine("| peer at 512×512×512 | median | best |");
        output.WriteLine("|---|---:|---:|");
        (string, Action)[] peers = [("plain loop", square.MultiplyPlainly), ("MathNet.Numerics", () => x.Multiply(y, z))];
        foreach ((string name, Action action) in peers)
        {
            (double median, double best) = Time(action, seconds: 1);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {square.Flops / median / 1e9:F1} | {square.Flops / best / 1e9:F1} |"));
        }
    }

    /// <summary>Seconds of one call: the median and the best of many samples, a sample being enough calls to fill 50 µs.</summary>
    private static (double Median, double Best) Time(Action action, double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        int calls = 0;
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < 0.15 || calls < 2)
        {
            action();
            calls++;
        }

        int callsPerSample = Math.Max(1, (int)(50e-6 * calls / Stopwatch.GetElapsedTime(start).TotalSeconds));
        var samples = new List<double>();
        start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds || samples.Count < 3)
        {
            long from = Stopwatch.GetTimestamp();
            for (int i = 0; i < callsPerSample; i++) action();
            samples.Add(Stopwatch.GetElapsedTime(from).TotalSeconds / callsPerSample);
        }

        samples.Sort();
        return (samples[samples.Count / 2], samples[0]);
    }
}
