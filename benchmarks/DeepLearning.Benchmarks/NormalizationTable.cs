using System.Globalization;
using DeepLearning.Kernels;

namespace DeepLearning.Benchmarks;

/// <summary>
/// A Markdown table of normalization kernels beside the memory that they must read and write, whose time is that of a copy: samples in turn, one process, medians.
/// </summary>
internal static class NormalizationTable
{
    private const double Epsilon = 1e-3;

    public static void Print(TextWriter output)
    {
        output.WriteLine("| kernel | rows × columns | threads | time | times reading and writing alone |");
        output.WriteLine("|---|---|---:|---:|---:|");
        foreach ((int rows, int columns) in new[] { (8192, 1024), (65536, 64), (512, 256) })
            foreach (int threads in new[] { 1, 2 })
            {
                Parallelism.ThreadCount = threads;
                foreach ((string name, int streams, Action kernel, Action copy) in Kernels(rows, columns))
                {
                    (double time, double copied) = Time(kernel, copy);
                    output.WriteLine(string.Create(
                        CultureInfo.InvariantCulture, $"| {name} | {rows} × {columns} | {threads} | {time * 1e6:F0} µs | {time / (copied * streams / 2):F2} |"));
                }
            }
    }

    /// <summary>Each kernel with the arrays of values that it reads or writes at least: a copy has two.</summary>
    private static IEnumerable<(string Name, int Streams, Action Kernel, Action Copy)> Kernels(int rows, int columns)
    {
        float[] x = Values(rows * columns, 1), dy = Values(rows * columns, 2), y = new float[rows * columns], dx = new float[rows * columns];
        float[] gamma = Values(columns, 3), beta = Values(columns, 4), mean = new float[Math.Max(rows, columns)], variance = new float[columns];
        float[] scale = new float[columns], a = new float[columns], b = new float[columns], inverse = new float[rows];
        var scratch = new double[ColumnSums.ScratchFor(rows, columns)];
        Span<float> ofColumns() => mean.AsSpan(0, columns);
        void copy() => Elementwise.Map(new ScaledBy(1f), x, y);
        yield return ("batch, forward", 3, () =>
        {
            BatchNormalizationKernel.Moments(x, rows, columns, ofColumns(), variance, scratch);
            BatchNormalizationKernel.Scale(gamma, variance, Epsilon, scale);
            BatchNormalizationKernel.Forward(x, ofColumns(), scale, beta, y, rows, columns);
        }, copy);
        yield return ("batch, backward", 5, () =>
        {
            BatchNormalizationKernel.Sums(x, ofColumns(), dy, rows, columns, scratch);
            BatchNormalizationKernel.Coefficients(scratch, variance, Epsilon, rows, a, b);
            BatchNormalizationKernel.Backward(x, ofColumns(), scale, a, b, dy, dx, rows, columns, accumulate: false);
        }, copy);
        yield return ("layer, forward", 2, () =>
            LayerNormalizationKernel.Forward(x, gamma, beta, y, mean.AsSpan(0, rows), inverse, rows, columns, Epsilon, centred: true), copy);
        yield return ("layer, backward", 3, () =>
            LayerNormalizationKernel.Backward(
                x, gamma, mean.AsSpan(0, rows), inverse, dy, dx, rows, columns, centred: true, accumulate: false, scratch), copy);
    }

    private static (double Kernel, double Copy) Time(Action kernel, Action copy)
    {
        var kernels = new List<double>();
        var copies = new List<double>();
        for (int round = 0; round < 15; round++)
        {
            kernels.Add(Timing.Of(kernel, 20));
            copies.Add(Timing.Of(copy, 20));
        }

        return (Timing.Median(kernels), Timing.Median(copies));
    }

    private static float[] Values(int count, Seed seed) => Tensor.RandomNormal([count], seed).ToArray();
}
