using System.Diagnostics;

namespace DeepLearning.Streaming;

/// <summary>Trains one epoch on generated rows, shuffled by a buffer, augmented and read ahead, and reports the largest working set of the process.</summary>
internal static class PeakMemory
{
    private const int Features = 784, Classes = 10, Batch = 256;
    private const double MostMegabytes = 300;

    public static int Run(int gigabytes)
    {
        long rows = gigabytes * 1_000_000_000L / (Features * sizeof(float));
        SampleSource source = SampleSource.Of(_ => Rows(rows), $"{rows} generated rows")
            .Shuffle(1000)
            .Map((sample, random) =>
            {
                var noise = new float[1];
                random.FillNormal(noise);
                sample.Input.AsSpan()[0] += noise[0];
                return sample;
            });
        Sequential model = Sequential.Input(Features).Dense(32).Relu().Dense(Classes).Softmax().Build(seed: 1)
            .Compile(new Adam(), new SparseCategoricalCrossEntropy(), new Accuracy());

        var watch = Stopwatch.StartNew();
        History history = model.Fit(source.Prefetch(), new FitOptions(epochs: 1, batchSize: Batch));

        using var process = Process.GetCurrentProcess();
        double peak = process.PeakWorkingSet64 / 1e6;
        double size = rows * Features * sizeof(float) / 1e9;
        Console.WriteLine(FormattableString.Invariant(
            $"{rows} rows of {Features} float32, {size:F2} GB, in {watch.Elapsed.TotalSeconds:F0} s; accuracy {history["accuracy"][0]:F3}"));
        Console.WriteLine(FormattableString.Invariant($"largest working set {peak:F0} MB, at most {MostMegabytes:F0} expected"));
        return peak <= MostMegabytes ? 0 : 1;
    }

    /// <summary>Noise, in which the class shows as a brighter stripe.</summary>
    private static IEnumerable<Sample> Rows(long rows)
    {
        const int Stripe = Features / Classes;
        for (long i = 0; i < rows; i++)
        {
            var pixels = new float[Features];
            new RandomStream(1, 0, (ulong)i).FillUniform(pixels);
            int label = (int)(i % Classes);
            foreach (ref float pixel in pixels.AsSpan(label * Stripe, Stripe)) pixel += 0.2f;
            yield return new Sample(pixels, label);
        }
    }
}
