namespace DeepLearning.SourceExport;

/// <summary>The scaling of columns as C#.</summary>
internal static class NormalizationSource
{
    public static SourceFunction Normalize { get; } = new("""
        /// <summary>(x − offset) / scale in each column, in double and rounded once.</summary>
        private static void Normalize(Span<float> x, ReadOnlySpan<double> offset, ReadOnlySpan<double> scale)
        {
            for (int i = 0; i < x.Length; i++) x[i] = (float)((x[i] - offset[i]) / scale[i]);
        }
        """);

    /// <summary>The step of the layer.</summary>
    public static SourceStep Step(PlacedLayer place, Normalization layer)
    {
        var offset = SourceValues.Of($"{place.Name}.offset", layer.Offset);
        var scale = SourceValues.Of($"{place.Name}.scale", layer.Scale);
        return SourceStep.Whole(Normalize, nameof(Normalize), offset.Name, scale.Name).With(offset, scale);
    }
}
