namespace DeepLearning.Results;

/// <summary>k-fold cross-validation on standardised features; the scaler sees the training folds alone.</summary>
internal static class CrossValidation
{
    /// <summary>The share of all samples that are classified rightly when they are held out.</summary>
    /// <param name="data">The samples; shuffled by the seed, then cut into folds.</param>
    /// <param name="folds">How many folds.</param>
    /// <param name="seed">Decides the folds.</param>
    /// <param name="score">The accuracy on its second argument of a classifier trained on its first.</param>
    public static double Accuracy(Dataset data, int folds, ulong seed, Func<Dataset, Dataset, double> score)
    {
        Dataset shuffled = data.Shuffle(seed);
        int[] rows = [.. Enumerable.Range(0, data.Count)];
        double right = 0;
        for (int fold = 0; fold < folds; fold++)
        {
            int first = (int)((long)data.Count * fold / folds), next = (int)((long)data.Count * (fold + 1) / folds);
            Dataset train = shuffled.Select([.. rows[..first], .. rows[next..]]), test = shuffled.Select(rows.AsSpan(first..next));
            StandardScaler scaler = StandardScaler.Fit(train.Inputs);
            right += score(new Dataset(scaler.Transform(train.Inputs), train.Targets), new Dataset(scaler.Transform(test.Inputs), test.Targets)) * test.Count;
        }

        return right / data.Count;
    }
}
