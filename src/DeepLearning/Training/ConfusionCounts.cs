namespace DeepLearning;

/// <summary>Counts of each class or label over a pass, and for several labels the mean scores of samples.</summary>
internal sealed class ConfusionCounts
{
    private MetricSums sums = new(0);
    private ClassReading reading;
    private double precision, recall, f1;
    private long samples;

    /// <summary>The counts of each class against the others.</summary>
    public IReadOnlyList<BinaryCounts> Counts
    {
        get
        {
            var counts = new ClassCounts(sums, reading.Classes, reading.MultiLabel);
            return [.. Enumerable.Range(0, reading.Classes).Select(c => counts[c])];
        }
    }

    /// <summary>The mean scores of samples that may have several labels; null for exclusive classes.</summary>
    public ClassScores? Samples => reading.MultiLabel ? new ClassScores("samples avg", precision / samples, recall / samples, f1 / samples, 0) : null;

    public ClassPass.Take Begin(ClassReading of)
    {
        (reading, sums) = (of, new MetricSums(3 * of.Classes + 1));
        return Add;
    }

    private void Add(ClassPlaces places)
    {
        for (int i = 0; i < places.Count; i++)
        {
            sums.Values[^1]++;
            if (!reading.MultiLabel) CountMetric.AddClass(sums.Values, places.Predicted(i, ClassPass.Threshold), places.Actual(i), 1);
            else AddLabels(places[i], places.LabelsOf(i));
        }
    }

    private void AddLabels(ReadOnlySpan<float> p, ReadOnlySpan<float> t)
    {
        int found = 0, wrong = 0, missed = 0;
        for (int c = 0; c < p.Length; c++)
        {
            bool predicted = p[c] > ClassPass.Threshold, actual = t[c] > 0.5f;
            CountMetric.AddLabel(sums.Values, c, predicted, actual, 1);
            if (predicted && actual) found++;
            else if (predicted) wrong++;
            else if (actual) missed++;
        }

        ClassScores scores = ClassScores.Of("", new BinaryCounts(found, wrong, missed, 0));
        precision += scores.Precision;
        recall += scores.Recall;
        f1 += scores.F1Score;
        samples++;
    }
}
