namespace DeepLearning;

/// <summary>Whether a class is among the k with the largest predictions.</summary>
internal static class TopK
{
    /// <summary>Whether fewer than k predictions rank above a class's: larger ones, and equal ones of earlier classes. False if any is NaN.</summary>
    public static bool Holds(ReadOnlySpan<float> predictions, int actual, int k)
    {
        float own = predictions[actual];
        int before = 0;
        for (int c = 0; c < predictions.Length; c++)
        {
            if (float.IsNaN(predictions[c])) return false;
            if (predictions[c] > own || predictions[c] == own && c < actual) before++;
        }

        return before < k;
    }

    /// <summary>Writes each sample's share of correct places.</summary>
    /// <exception cref="ArgumentException">The targets do not fit.</exception>
    public static void Write(string metric, int k, Tensor predictions, Tensor targets, Span<float> values, bool oneHot)
    {
        ClassPlaces places = ClassReading.ReadAny(metric, predictions, targets);
        SamplePlaces.Require(metric, predictions, values);
        _ = ClassRows.Of(predictions, values.Length, metric);
        if (oneHot != (targets.Shape == predictions.Shape))
        {
            string expected = oneHot ? "one-hot targets of the predictions' shape" : "one label for each row of predictions";
            throw new ShapeMismatchException($"{metric} expects {expected} {predictions.Shape}, got {targets.Shape}.", nameof(targets));
        }

        for (int i = 0; i < values.Length; i++)
        {
            int right = 0;
            for (int j = i * places.InSample; j < (i + 1) * places.InSample; j++)
                if (Holds(places[j], places.Actual(j), k)) right++;
            values[i] = right / (float)places.InSample;
        }
    }

    /// <summary>Rejects k above the number of classes, which would always be correct.</summary>
    /// <exception cref="ArgumentException">k is larger than the number of classes.</exception>
    public static void Require(string metric, int k, Shape output)
    {
        ClassRows.Require(output, metric);
        if (k > output[-1])
            throw new ArgumentException($"{metric} of the best {k} is always 1, as the model has {output[-1]} classes: pass a smaller k.");
    }
}
