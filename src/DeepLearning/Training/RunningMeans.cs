namespace DeepLearning;

/// <summary>The loss and the metrics of an epoch so far: means over samples, so that a short last batch counts for what it holds.</summary>
internal sealed class RunningMeans(Compilation compilation)
{
    private readonly double[] sums = new double[compilation.Names.Count];
    private float[] values = [];
    private long samples;

    public long Samples => samples;

    public void Reset()
    {
        Array.Clear(sums);
        samples = 0;
    }

    /// <summary>Adds a batch.</summary>
    public void Add(float loss, Tensor predictions, Tensor targets)
    {
        int count = targets.Shape.Dimensions[0];
        samples += count;
        sums[0] += (double)loss * count;
        if (values.Length < count) values = new float[count];
        Span<float> each = values.AsSpan(0, count);
        for (int m = 0; m < compilation.Metrics.Count; m++)
        {
            compilation.Metrics[m].PerSample(predictions, targets, each);
            foreach (float value in each) sums[m + 1] += value;
        }
    }

    public void SaveState(StateWriter to)
    {
        to.Write("samples", samples);
        for (int i = 0; i < sums.Length; i++) to.Write($"sum.{i}", sums[i]);
    }

    /// <summary>Reads the state of <see cref="SaveState"/>; the returned action, which cannot fail, puts it in place.</summary>
    public Action PrepareState(StateReader from)
    {
        long count = from.ReadInt64("samples", 0, StateReader.LargestCount);
        // A metric may be anything; a loss that is not finite ends a run.
        double[] saved = [.. Enumerable.Range(0, sums.Length).Select(i => i == 0 ? from.ReadFinite("sum.0") : from.ReadDouble($"sum.{i}"))];
        return () =>
        {
            samples = count;
            saved.CopyTo(sums, 0);
        };
    }

    /// <summary>Writes the means, the loss first.</summary>
    public void CopyTo(Span<float> figures)
    {
        for (int i = 0; i < sums.Length; i++) figures[i] = (float)(sums[i] / samples);
    }
}
