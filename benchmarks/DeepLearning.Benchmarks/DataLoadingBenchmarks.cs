using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using DeepLearning.Data;

namespace DeepLearning.Benchmarks;

/// <summary>
/// What comes before a step: an epoch of shuffled batches, gathered row by row as <c>Fit</c> does it, and files, which the operating system has in memory.
/// </summary>
[MemoryDiagnoser]
public class DataLoadingBenchmarks
{
    private const int Images = 10_000, Pixels = 784, CsvRows = 10_000, CsvColumns = 20;

    private readonly string csv = Path.GetTempFileName(), idx = Path.GetTempFileName();
    private IEnumerable<Batch> batches = null!;

    [GlobalSetup]
    public void Setup()
    {
        Tensor pixels = Tensor.RandomUniform([Images, Pixels], seed: 1);
        var order = new int[Images];
        new RandomStream(seed: 2).FillPermutation(order);
        batches = new BatchSequence(new Dataset(pixels, Tensor.Zeros([Images])), 128, order, new BatchBuffers());
        File.WriteAllText(csv, Table());
        File.WriteAllBytes(idx, IdxBytes(pixels.AsReadOnlySpan()));
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        File.Delete(csv);
        File.Delete(idx);
    }

    [Benchmark(Description = "10,000 rows of 784, shuffled batches of 128")]
    public int Gather()
    {
        int rows = 0;
        foreach (Batch batch in batches) rows += batch.Count;
        return rows;
    }

    [Benchmark(Description = "CSV, 10,000 rows of 20 numbers and a class")]
    public Dataset ReadCsv() => CsvDataset.Load(csv);

    [Benchmark(Description = "IDX, 10,000 images of 28 × 28")]
    public Tensor ReadIdx() => IdxFile.Read(idx);

    private static string Table()
    {
        float[] values = Tensor.RandomNormal([CsvRows, CsvColumns], seed: 3).ToArray();
        var text = new StringBuilder().AppendJoin(',', Enumerable.Range(1, CsvColumns).Select(c => $"x{c}")).AppendLine(",class");
        for (int row = 0; row < CsvRows; row++)
        {
            foreach (float value in values.AsSpan(row * CsvColumns, CsvColumns)) text.Append(CultureInfo.InvariantCulture, $"{value:0.#####},");
            text.AppendLine(row % 2 == 0 ? "left" : "right");
        }

        return text.ToString();
    }

    private static byte[] IdxBytes(ReadOnlySpan<float> pixels)
    {
        var bytes = new byte[16 + pixels.Length];
        ReadOnlySpan<int> header = [0x0803, Images, 28, 28];
        for (int i = 0; i < header.Length; i++) BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * i), header[i]);
        for (int i = 0; i < pixels.Length; i++) bytes[16 + i] = (byte)(255 * pixels[i]);
        return bytes;
    }
}
