using System.Globalization;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace DeepLearning.Benchmarks;

/// <summary>A Markdown table of MathNet's float products without and with <see cref="MathNetAcceleration"/>: samples in turn, one process, medians.</summary>
internal static class MathNetTable
{
    private static readonly (string Name, int M, int K, int N)[] Shapes =
    [
        ("1024×1024 · 1024×1024", 1024, 1024, 1024), ("512×512 · 512×512", 512, 512, 512), ("128×128 · 128×128", 128, 128, 128),
        ("8×8 · 8×8", 8, 8, 8), ("3×3 · 3×3", 3, 3, 3), ("1×512 · 512×512", 1, 512, 512), ("512×512 · vector", 512, 512, 0), ("vector · 512×512", 0, 512, 512),
    ];

    public static void Print(TextWriter output)
    {
        output.WriteLine("| product | threads | MathNet | accelerated | ratio |");
        output.WriteLine("|---|---:|---:|---:|---:|");
        foreach ((string name, int m, int k, int n) in Shapes)
            foreach (int threads in new[] { 1, 2 })
            {
                Parallelism.ThreadCount = Control.MaxDegreeOfParallelism = threads;
                (double plain, double accelerated) = Time(Product(m, k, n));
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"| {name} | {threads} | {plain * 1e6:F2} µs | {accelerated * 1e6:F2} µs | {plain / accelerated:F1} |"));
            }
    }

    private static Action Product(int m, int k, int n)
    {
        Matrix<float> x = Values(Math.Max(m, 1), k), y = Values(k, Math.Max(n, 1)), z = Matrix<float>.Build.Dense(Math.Max(m, 1), Math.Max(n, 1));
        Vector<float> left = x.Row(0), right = y.Column(0), row = z.Row(0), column = z.Column(0);
        if (n == 0) return () => x.Multiply(right, column);
        return m == 0 ? () => y.LeftMultiply(left, row) : () => x.Multiply(y, z);
    }

    private static (double Plain, double Accelerated) Time(Action action)
    {
        var plain = new List<double>();
        var accelerated = new List<double>();
        Timing.Of(action, 10);
        MathNetAcceleration.Enable();
        Timing.Of(action, 10);
        for (int round = 0; round < 21; round++)
        {
            MathNetAcceleration.Disable();
            plain.Add(Timing.Of(action, 10));
            MathNetAcceleration.Enable();
            accelerated.Add(Timing.Of(action, 10));
        }

        MathNetAcceleration.Disable();
        return (Timing.Median(plain), Timing.Median(accelerated));
    }

    private static Matrix<float> Values(int rows, int columns) => Matrix<float>.Build.Dense(rows, columns, (i, j) => (i - j) / 512f);
}
