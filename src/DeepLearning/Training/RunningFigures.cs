namespace DeepLearning;

/// <summary>
/// The loss and the metrics of an epoch so far. The loss is a mean over samples, so that a short last batch counts for what it holds, or over their weights
/// where its reduction says so; each metric has its sums.
/// </summary>
internal sealed class RunningFigures(Compilation compilation)
{
    private readonly MetricSums[] sums = [.. compilation.Forms.Select(form => new MetricSums(form.Size))];
    private long samples;
    private double losses;

    /// <summary>What the loss counts by: the samples, or with <see cref="LossReduction.MeanWithSampleWeight"/> their weights.</summary>
    private double weight;

    public long Samples => samples;

    public void Reset()
    {
        foreach (MetricSums each in sums) each.Clear();
        (samples, losses, weight) = (0, 0, 0);
    }

    /// <summary>Adds a batch. Logits are what comes before the last activation, where the loss is computed together with it; else the predictions.</summary>
    public void Add(float loss, Tensor logits, Tensor predictions, Tensor targets, Tensor? sampleWeights)
    {
        int count = targets.Shape.Dimensions[0];
        double weighs = compilation.Loss.Reduction == LossReduction.MeanWithSampleWeight && sampleWeights is not null ? Sum(sampleWeights) : count;
        samples += count;
        weight += weighs;
        losses += loss * weighs;
        for (int m = 0; m < sums.Length; m++)
        {
            Metric form = compilation.Forms[m];
            form.Accumulate(predictions, logits, targets, form.Weighted ? sampleWeights : null, sums[m]);
        }
    }

    public void SaveState(StateWriter to)
    {
        to.Write("samples", samples);
        to.Write("weight", weight);
        to.Write("losses", losses);
        for (int m = 0; m < sums.Length; m++) sums[m].SaveState(to.Part($"metric.{m}"));
    }

    /// <summary>Reads the state of <see cref="SaveState"/>; the returned action, which cannot fail, puts it in place.</summary>
    public Action PrepareState(StateReader from)
    {
        long count = from.ReadInt64("samples", 0, StateReader.LargestCount);
        double weighed = from.ReadFinite("weight", 0), lost = from.ReadFinite("losses");
        MetricSums[] read = [.. sums.Select((each, m) => MetricSums.Read(from.Part($"metric.{m}"), each.Size))];
        return () =>
        {
            (samples, weight, losses) = (count, weighed, lost);
            for (int m = 0; m < sums.Length; m++) sums[m].Take(read[m]);
        };
    }

    /// <summary>Writes the figures at the end of an epoch or an evaluation, the loss first.</summary>
    public void CopyTo(Span<float> figures) => Write(figures, atEnd: true);

    /// <summary>Writes the figures after a step. NaN for what would sort all that was gathered at every step.</summary>
    public void CopyRunningTo(Span<float> figures) => Write(figures, atEnd: false);

    private void Write(Span<float> figures, bool atEnd)
    {
        // Batches whose weights are all 0 have no loss; their sum is 0 too.
        figures[0] = weight == 0 ? 0f : (float)(losses / weight);
        for (int m = 0; m < sums.Length; m++)
            figures[m + 1] = atEnd || sums[m].Rows == 0 ? (float)compilation.Forms[m].Result(sums[m]) : float.NaN;
    }

    /// <summary>In double precision, where even the largest weights have a sum.</summary>
    private static double Sum(Tensor weights)
    {
        double sum = 0;
        foreach (float w in weights.AsReadOnlySpan()) sum += w;
        return sum;
    }
}
