using System.Runtime.InteropServices;

namespace DeepLearning.Tests.Support;

/// <summary>
/// A custom source, written against the public surface alone: a file of float32 rows of features with a label each, read batch by batch into memory that is
/// used again, in another order of batches each epoch where the run shuffles.
/// </summary>
internal sealed class BinaryFile(string path, int features) : BatchSource
{
    private readonly int rowBytes = (features + 1) * sizeof(float);
    private readonly int rows = (int)(new FileInfo(path).Length / ((features + 1) * sizeof(float)));

    /// <summary>Files that are open.</summary>
    public int Open { get; private set; }

    public static void Write(string path, Dataset data)
    {
        using FileStream file = File.Create(path);
        for (int r = 0; r < data.Count; r++)
        {
            foreach (Tensor part in (Tensor[])[data.Inputs, data.Targets])
                file.Write(MemoryMarshal.AsBytes<float>(part.Slice(0, r, 1).ToArray()));
        }
    }

    public override int? BatchesPerEpoch(int batchSize) => (rows + batchSize - 1) / batchSize;

    public override IEnumerable<Batch> Epoch(EpochPosition position)
    {
        var order = new int[BatchesPerEpoch(position.BatchSize)!.Value];
        if (position.Shuffle) position.Random.FillPermutation(order);
        else order = [.. Enumerable.Range(0, order.Length)];
        using FileStream file = File.OpenRead(path);
        var bytes = new byte[position.BatchSize * rowBytes];
        Open++;
        try
        {
            foreach (int number in order[position.Batches..])
            {
                file.Position = (long)number * bytes.Length;
                int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
                yield return Cut(MemoryMarshal.Cast<byte, float>(bytes.AsSpan(0, read)));
            }
        }
        finally
        {
            Open--;
        }
    }

    protected override void DescribeSettings(Settings settings)
    {
        settings.Set("Rows", rows);
        settings.Set("Features", features);
    }

    private Batch Cut(ReadOnlySpan<float> values)
    {
        int count = values.Length / (features + 1);
        Tensor x = Tensor.Zeros([count, features]), y = Tensor.Zeros([count]);
        for (int r = 0; r < count; r++)
        {
            values.Slice(r * (features + 1), features).CopyTo(x.AsSpan()[(r * features)..]);
            y[r] = values[r * (features + 1) + features];
        }

        return new Batch(x, y);
    }
}
