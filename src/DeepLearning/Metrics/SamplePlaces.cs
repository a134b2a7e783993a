namespace DeepLearning;

/// <summary>The places into which a metric writes the values of the samples.</summary>
internal static class SamplePlaces
{
    /// <summary>Checks that there is one place per sample.</summary>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public static void Require(string metric, Tensor predictions, Span<float> values)
    {
        if (predictions.Rank == 0 || predictions.Shape.Dimensions[0] != values.Length)
        {
            throw new ArgumentException(
                $"{metric} writes one value per sample of predictions {predictions.Shape}, got {values.Length} places: pass new float[predictions.Shape[0]].",
                nameof(values));
        }
    }
}
