namespace DeepLearning;

/// <summary>
/// The losses and the metrics of an epoch so far. A loss is a mean over samples, so that a short last batch counts by its size, or a weighted mean if its
/// reduction is; each metric has its own sums.
/// </summary>
internal sealed class RunningFigures
{
    private readonly Compilation compilation;

    /// <summary>The loss that is minimised, and the loss of each output if there are several.</summary>
    private readonly LossMean total = new();
    private readonly LossMean[] losses;

    /// <summary>The sums of the metrics of each output.</summary>
    private readonly MetricSums[][] sums;

    private long samples;

    public RunningFigures(Compilation compilation)
    {
        this.compilation = compilation;
        losses = compilation.Objectives.Length == 1 ? [] : Array.ConvertAll(compilation.Objectives, _ => new LossMean());
        sums = Array.ConvertAll(compilation.Objectives, o => o.Forms.Select(form => new MetricSums(form.Size)).ToArray());
    }

    public long Samples => samples;

    public void Reset()
    {
        samples = 0;
        total.Clear();
        foreach (LossMean loss in losses) loss.Clear();
        foreach (MetricSums[] output in sums)
            foreach (MetricSums each in output) each.Clear();
    }

    /// <summary>Adds the loss of a batch: for one output the whole loss; for several only the penalty, since the outputs' means are summed at the
    /// end.</summary>
    public void Add(float loss, float penalty, int count, Tensor? sampleWeights, Tensor? counted = null)
    {
        samples += count;
        if (losses.Length > 0) total.Add(penalty, count);
        else total.Add(loss, Weight(compilation.Objectives[0], count, sampleWeights, counted));
    }

    /// <summary>Adds the figures of one output. Logits are the input of the last activation if the loss is fused with it; otherwise the predictions.</summary>
    public void Add(int output, float loss, Tensor logits, Tensor predictions, Tensor targets, Tensor? sampleWeights, Tensor? counted = null)
    {
        Objective objective = compilation.Objectives[output];
        Tensor probabilities = objective.GivesProbabilities ? objective.Probabilities(predictions) : predictions;
        if (losses.Length > 0) losses[output].Add(loss, Weight(objective, targets.Shape.Dimensions[0], sampleWeights, counted));
        for (int m = 0; m < objective.Forms.Count; m++)
        {
            Metric form = objective.Forms[m];
            form.Accumulate(form.TakesLogits ? predictions : probabilities, logits, targets, form.Weighted ? sampleWeights : null, sums[output][m]);
        }
    }

    public void SaveState(StateWriter to)
    {
        to.Write("samples", samples);
        total.SaveState(to);
        for (int o = 0; o < losses.Length; o++) losses[o].SaveState(to.Part($"output.{o}"));
        MetricSums[] all = [.. sums.SelectMany(output => output)];
        for (int m = 0; m < all.Length; m++) all[m].SaveState(to.Part($"metric.{m}"));
    }

    /// <summary>Reads the state of <see cref="SaveState"/>; the returned action, which cannot fail, applies it.</summary>
    public Action PrepareState(StateReader from)
    {
        long count = from.ReadInt64("samples", 0, StateReader.LargestCount);
        Action whole = total.PrepareState(from);
        Action[] parts = [.. losses.Select((loss, o) => loss.PrepareState(from.Part($"output.{o}")))];
        MetricSums[] all = [.. sums.SelectMany(output => output)], read = [.. all.Select((each, m) => MetricSums.Read(from.Part($"metric.{m}"), each.Size))];
        return () =>
        {
            samples = count;
            whole();
            foreach (Action part in parts) part();
            for (int m = 0; m < all.Length; m++) all[m].Take(read[m]);
        };
    }

    /// <summary>Writes the figures at the end of an epoch or an evaluation, in the order of <see cref="Compilation.Names"/>.</summary>
    public void CopyTo(Span<float> figures) => Write(figures, atEnd: true);

    /// <summary>Writes the figures after a step. NaN for metrics that would have to sort all gathered values at every step.</summary>
    public void CopyRunningTo(Span<float> figures) => Write(figures, atEnd: false);

    private void Write(Span<float> figures, bool atEnd)
    {
        int next = 0;
        figures[next++] = (float)Total();
        for (int o = 0; o < sums.Length; o++)
        {
            if (losses.Length > 0) figures[next++] = (float)losses[o].Mean;
            for (int m = 0; m < sums[o].Length; m++)
                figures[next++] = atEnd || sums[o][m].Rows == 0 ? (float)compilation.Objectives[o].Forms[m].Result(sums[o][m]) : float.NaN;
        }
    }

    /// <summary>The means of the outputs' losses, each times its weight, and the mean penalty: the same at any batch size.</summary>
    private double Total()
    {
        double sum = total.Mean;
        for (int o = 0; o < losses.Length; o++) sum += losses[o].Mean * (compilation.Objectives[o].Weight?.ToScalar() ?? 1f);
        return sum;
    }

    /// <summary>
    /// The weight of a batch in a loss: its samples, or with <see cref="LossReduction.MeanWithSampleWeight"/> their weights; of each sample the share that counts.
    /// </summary>
    private static double Weight(Objective objective, int count, Tensor? sampleWeights, Tensor? counted)
    {
        Tensor? weights = objective.Loss.Reduction == LossReduction.MeanWithSampleWeight ? sampleWeights : null;
        if (weights is null && counted is null) return count;
        // In double precision, which even the sum of the largest weights fits.
        double sum = 0;
        ReadOnlySpan<float> w = weights is null ? [] : weights.AsReadOnlySpan(), shares = counted is null ? [] : counted.AsReadOnlySpan();
        for (int i = 0; i < count; i++) sum += (weights is null ? 1.0 : w[i]) * (counted is null ? 1.0 : shares[i]);
        return sum;
    }

    /// <summary>Σ weight·loss and Σ weight.</summary>
    private sealed class LossMean
    {
        private double losses, weight;

        // Batches whose weights are all 0 have no loss; their sum is 0 too.
        public double Mean => weight == 0 ? 0 : losses / weight;

        public void Clear() => (losses, weight) = (0, 0);

        public void Add(float loss, double weighs)
        {
            weight += weighs;
            losses += loss * weighs;
        }

        public void SaveState(StateWriter to)
        {
            to.Write("weight", weight);
            to.Write("losses", losses);
        }

        public Action PrepareState(StateReader from)
        {
            double weighed = from.ReadFinite("weight", 0), lost = from.ReadFinite("losses");
            return () => (weight, losses) = (weighed, lost);
        }
    }
}
