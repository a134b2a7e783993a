namespace DeepLearning;

/// <summary>Gathered class scores and the areas under their curves: positives and negatives by ascending score, with ties grouped.</summary>
internal static class Ranking
{
    /// <summary>An area under a curve.</summary>
    /// <param name="positives">The weight of the positives of each score, ascending.</param>
    /// <param name="negatives">The weight of the negatives.</param>
    public delegate double Area(ReadOnlySpan<double> positives, ReadOnlySpan<double> negatives);

    /// <summary>The area under the ROC curve: the share of pairs of a positive and a negative that are ranked correctly, ties counted half.</summary>
    public static double Roc(ReadOnlySpan<double> positives, ReadOnlySpan<double> negatives)
    {
        double positive = 0, negative = 0, right = 0;
        for (int i = 0; i < positives.Length; i++)
        {
            right += positives[i] * (negative + negatives[i] / 2);
            positive += positives[i];
            negative += negatives[i];
        }

        return right / (positive * negative);
    }

    /// <summary>Σ (Rᵢ − Rᵢ₋₁)·Pᵢ of recall R and precision P at each score, from the highest.</summary>
    public static double AveragePrecision(ReadOnlySpan<double> positives, ReadOnlySpan<double> negatives)
    {
        double positive = 0, all = 0, sum = 0;
        for (int i = positives.Length - 1; i >= 0; i--)
        {
            positive += positives[i];
            all += positives[i] + negatives[i];
            if (positives[i] > 0) sum += positives[i] * positive / all;
        }

        return sum / positive;
    }

    /// <summary>Gathers a row for each place that counts: its predictions, its class or its labels, and its weight.</summary>
    public static void Gather(ClassPlaces places, bool multiLabel, ReadOnlySpan<float> weights, MetricSums sums)
    {
        int outputs = places.Outputs;
        Span<float> row = sums.Scratch(outputs + (multiLabel ? outputs : 1) + 1);
        for (int i = 0; i < places.Count; i++)
        {
            row[^1] = weights.IsEmpty ? 1 : weights[i / places.InSample];
            if (row[^1] == 0) continue;
            places[i].CopyTo(row);
            if (multiLabel) places.Targets.Slice(i * outputs, outputs).CopyTo(row[outputs..]);
            else row[outputs] = places.Actual(i);
            sums.Append(row);
        }
    }

    /// <summary>The area of the gathered scores: of class 1, of all together, or the mean of the classes' areas. NaN if it is undefined.</summary>
    public static double Of(MetricSums sums, ClassReading reading, Averaging averaging, Area area)
    {
        if (averaging is Averaging.Binary or Averaging.Micro)
        {
            (double[] positives, double[] negatives) = ByScore(sums, averaging == Averaging.Binary ? 1 : 0, reading.Classes, reading.MultiLabel);
            return area(positives, negatives);
        }

        double sum = 0, weight = 0;
        for (int c = 0; c < reading.Classes; c++)
        {
            (double[] positives, double[] negatives) = ByScore(sums, c, c + 1, reading.MultiLabel);
            double weighs = averaging == Averaging.Weighted ? positives.Sum() : 1;
            if (weighs == 0) continue;
            sum += weighs * area(positives, negatives);
            weight += weighs;
        }

        return sum / weight;
    }

    /// <summary>The mean over pairs of classes, each ranked by either's scores among the samples of the two: Hand and Till 2001. Pairs are weighted by their
    /// samples, or count equally.</summary>
    public static double OneVsOne(MetricSums sums, ClassReading reading, bool weighted, Area area)
    {
        double sum = 0, weight = 0;
        for (int a = 0; a < reading.Classes; a++)
            for (int b = a + 1; b < reading.Classes; b++)
            {
                (double[] ofA, double[] notA) = ByScore(sums, a, a + 1, multiLabel: false, against: b);
                (double[] ofB, double[] notB) = ByScore(sums, b, b + 1, multiLabel: false, against: a);
                double weighs = weighted ? ofA.Sum() + ofB.Sum() : 1;
                if (weighs == 0) continue;
                sum += weighs * (area(ofA, notA) + area(ofB, notB)) / 2;
                weight += weighs;
            }

        return sum / weight;
    }

    /// <summary>The weights of positives and negatives by the scores of some classes, or among the samples of one class and another.</summary>
    private static (double[] Positives, double[] Negatives) ByScore(MetricSums sums, int from, int to, bool multiLabel, int against = -1)
    {
        var scores = new List<double>(sums.Rows * (to - from));
        // Negatives have negated weights.
        var weights = new List<double>(scores.Capacity);
        for (int r = 0; r < sums.Rows; r++)
        {
            ReadOnlySpan<float> row = sums.Row(r);
            int outputs = multiLabel ? (row.Length - 1) / 2 : row.Length - 2;
            for (int c = from; c < to; c++)
            {
                if (against >= 0 && row[outputs] != c && row[outputs] != against) continue;
                bool positive = multiLabel ? row[outputs + c] > 0.5f : row[outputs] == c;
                scores.Add(multiLabel || outputs > 1 ? row[c] : c == 1 ? row[0] : 1.0 - row[0]);
                weights.Add(positive ? row[^1] : -row[^1]);
            }
        }

        double[] keys = [.. scores], signed = [.. weights];
        Array.Sort(keys, signed);
        // NaN sorts first.
        if (keys.Length > 0 && double.IsNaN(keys[0])) return ([double.NaN], [double.NaN]);
        var positives = new double[keys.Length];
        var negatives = new double[keys.Length];
        int last = -1;
        for (int i = 0; i < keys.Length; i++)
        {
            if (i == 0 || keys[i] != keys[i - 1]) last++;
            (signed[i] > 0 ? positives : negatives)[last] += Math.Abs(signed[i]);
        }

        return (positives[..(last + 1)], negatives[..(last + 1)]);
    }
}
