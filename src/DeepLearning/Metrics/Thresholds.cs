namespace DeepLearning;

/// <summary>Checks of settings shared by classification metrics.</summary>
internal static class Thresholds
{
    /// <summary>A threshold as float32.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not between 0 and 1.</exception>
    public static float Require(double threshold)
        => (float)threshold is > 0f and < 1f
            ? (float)threshold
            : throw new ArgumentOutOfRangeException(
                nameof(threshold), threshold, FormattableString.Invariant($"The threshold is a probability between 0 and 1, got {threshold}."));

    /// <summary>How many predictions are on the wrong side of the threshold; NaN if one is NaN.</summary>
    public static float Wrong(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, float threshold)
    {
        int wrong = 0;
        for (int i = 0; i < predictions.Length; i++)
        {
            if (float.IsNaN(predictions[i])) return float.NaN;
            if (predictions[i] > threshold != targets[i] > 0.5f) wrong++;
        }

        return wrong;
    }

    /// <summary>A number of classes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2.</exception>
    public static int RequireClasses(int classes)
        => classes >= 2 ? classes : throw new ArgumentOutOfRangeException(nameof(classes), classes, $"There are two or more classes, got {classes}.");
}
