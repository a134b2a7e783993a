using System.Diagnostics;
using System.IO.Compression;

namespace DeepLearning.Streaming;

/// <summary>
/// An epoch on samples that are decoded as they come, read ahead, beside one on the same samples in memory: by turns within one process, so that other work
/// on the
/// machine slows both.
/// </summary>
internal static class StreamSpeed
{
    private const int Rows = 8192, Features = 784, Classes = 10, Batch = 128, Rounds = 15, Ahead = 4, Wait = 2;
    private const double Target = 0.95;

    public static int Run(int threads)
    {
        Parallelism.ThreadCount = threads;
        byte[][] packed = [.. Enumerable.Range(0, Rows).Select(Pack)];
        float[][] rows = [.. packed.Select((p, i) => Decode(p, i % Classes).Input.ToArray())];
        Console.WriteLine(FormattableString.Invariant($"{threads} threads, {Environment.ProcessorCount} processors, batches of {Batch}"));
        // A processor that decodes does not train: where all are busy, that costs. Waiting for a disk or a network does not.
        double decoded = Compare("unpacked on the fly", rows, i => Decode(packed[i], (int)(i % Classes)));
        double awaited = Compare($"a wait of {Wait} ms a batch", rows, i =>
        {
            if (i % Batch == 0) Thread.Sleep(Wait);
            return new Sample((float[])rows[i].Clone(), (int)(i % Classes));
        });
        return decoded >= Target && awaited >= Target ? 0 : 1;
    }

    private static double Compare(string what, float[][] rows, Func<long, Sample> read)
    {
        SampleSource stream = SampleSource.ByIndex(Rows, read);
        var memory = new Dataset(rows, [.. Enumerable.Range(0, Rows).Select(i => i % Classes)]);
        var options = new FitOptions(epochs: 1, batchSize: Batch);
        Sequential streamed = Model(), held = Model();

        // The first round of each compiles and warms up.
        List<double> ratios = [], reading = [], training = [];
        for (int round = 0; round <= Rounds; round++)
        {
            double inMemory = Seconds(() => held.Fit(memory, options)), streaming = Seconds(() => streamed.Fit(stream.Prefetch(Ahead), options));
            double alone = Seconds(() => _ = stream.Epoch(new EpochPosition { BatchSize = Batch }).Count());
            if (round == 0) continue;
            ratios.Add(inMemory / streaming);
            reading.Add(alone);
            training.Add(inMemory);
        }

        const double Batches = Rows / (double)Batch / 1000;
        Console.WriteLine(FormattableString.Invariant(
            $"{what}: {Median(reading) / Batches:F2} ms to read a batch, {Median(training) / Batches:F2} ms to train on one from memory; ")
            + FormattableString.Invariant(
                $"streamed, {100 * Median(ratios):F1} % of that speed (median of {Rounds} rounds, {100 * ratios.Min():F1} to {100 * ratios.Max():F1})"));
        return Median(ratios);
    }

    private static Sequential Model() => Sequential.Input(Features).Dense(512).Relu().Dense(512).Relu().Dense(Classes).Softmax().Build(seed: 1)
        .Compile(new Adam(), new SparseCategoricalCrossEntropy());

    private static byte[] Pack(int row)
    {
        var values = new float[Features];
        new RandomStream(1, 0, (ulong)row).FillUniform(values, 0, 8);
        using var packed = new MemoryStream();
        using (var writer = new DeflateStream(packed, CompressionLevel.Fastest)) writer.Write([.. values.Select(v => (byte)v)]);
        return packed.ToArray();
    }

    private static Sample Decode(byte[] packed, int label)
    {
        var bytes = new byte[Features];
        using (var reader = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress)) reader.ReadExactly(bytes);
        var pixels = new float[Features];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = bytes[i] / 8f;
        return new Sample(pixels, label);
    }

    private static double Seconds(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
