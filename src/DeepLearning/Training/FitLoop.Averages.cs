using System.Runtime.InteropServices;

namespace DeepLearning;

/// <content>The moving average of the weights stands in for them while an epoch is judged: by validation, and by callbacks after the epoch.</content>
internal sealed partial class FitLoop
{
    private float[] trained = [];
    private bool showsAverage;

    private void ShowAverage()
    {
        if (compilation.Optimizer.RunningAverage is not { } average) return;
        Span<float> weights = model.Parameters.Flat.AsSpan();
        if (trained.Length != weights.Length) trained = new float[weights.Length];
        weights.CopyTo(trained);
        average.AsSpan().CopyTo(weights);
        showsAverage = true;
    }

    /// <summary>Training goes on from the trained weights; from others, with a new average, where a callback has set them.</summary>
    private void ShowTrained()
    {
        if (!showsAverage) return;
        showsAverage = false;
        Span<float> weights = model.Parameters.Flat.AsSpan();
        ReadOnlySpan<float> average = compilation.Optimizer.RunningAverage is { } running ? running.AsSpan() : weights;
        // As bytes: NaN is not equal to itself, and −0 equals 0.
        if (MemoryMarshal.AsBytes(average).SequenceEqual(MemoryMarshal.AsBytes(weights))) trained.CopyTo(weights);
        else compilation.Optimizer.RestartAverage();
    }
}
