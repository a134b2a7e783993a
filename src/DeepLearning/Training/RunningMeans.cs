namespace DeepLearning;

/// <summary>
/// The loss and the metrics of an epoch so far: means over samples, so that a short last batch counts for what it holds, and the loss over their weights
/// where its reduction says so.
/// </summary>
internal sealed class RunningMeans(Compilation compilation)
{
    private readonly double[] sums = new double[compilation.Names.Count];
    private float[] values = [];
    private long samples;

    /// <summary>What the loss counts by: the samples, or with <see cref="LossReduction.MeanWithSampleWeight"/> their weights.</summary>
    private double weight;

    public long Samples => samples;

    public void Reset()
    {
        Array.Clear(sums);
        (samples, weight) = (0, 0);
    }

    /// <summary>Adds a batch. Logits are what comes before the last activation, where the loss is computed together with it; else the predictions.</summary>
    public void Add(float loss, Tensor logits, Tensor predictions, Tensor targets, Tensor? sampleWeights)
    {
        int count = targets.Shape.Dimensions[0];
        double weighs = compilation.Loss.Reduction == LossReduction.MeanWithSampleWeight && sampleWeights is not null ? Sum(sampleWeights) : count;
        samples += count;
        weight += weighs;
        sums[0] += loss * weighs;
        if (values.Length < count) values = new float[count];
        Span<float> each = values.AsSpan(0, count);
        for (int m = 0; m < compilation.Forms.Count; m++)
        {
            compilation.Forms[m].PerSample(predictions, logits, targets, each);
            foreach (float value in each) sums[m + 1] += value;
        }
    }

    public void SaveState(StateWriter to)
    {
        to.Write("samples", samples);
        to.Write("weight", weight);
        for (int i = 0; i < sums.Length; i++) to.Write($"sum.{i}", sums[i]);
    }

    /// <summary>Reads the state of <see cref="SaveState"/>; the returned action, which cannot fail, puts it in place.</summary>
    public Action PrepareState(StateReader from)
    {
        long count = from.ReadInt64("samples", 0, StateReader.LargestCount);
        double weighed = from.ReadFinite("weight", 0);
        // A metric may be anything; a loss that is not finite ends a run.
        double[] saved = [.. Enumerable.Range(0, sums.Length).Select(i => i == 0 ? from.ReadFinite("sum.0") : from.ReadDouble($"sum.{i}"))];
        return () =>
        {
            (samples, weight) = (count, weighed);
            saved.CopyTo(sums, 0);
        };
    }

    /// <summary>Writes the means, the loss first.</summary>
    public void CopyTo(Span<float> figures)
    {
        // Batches whose weights are all 0 have no loss; their sum is 0 too.
        figures[0] = weight == 0 ? 0f : (float)(sums[0] / weight);
        for (int i = 1; i < sums.Length; i++) figures[i] = (float)(sums[i] / samples);
    }

    /// <summary>In double precision, where even the largest weights have a sum.</summary>
    private static double Sum(Tensor weights)
    {
        double sum = 0;
        foreach (float w in weights.AsReadOnlySpan()) sum += w;
        return sum;
    }
}
