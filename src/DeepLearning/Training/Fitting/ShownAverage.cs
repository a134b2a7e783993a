using System.Runtime.InteropServices;

namespace DeepLearning;

/// <summary>Replaces the weights by their moving average while an epoch is evaluated: in validation, and in callbacks after the epoch.</summary>
internal sealed class ShownAverage(ModelValues values, Optimizer optimizer)
{
    private float[] trained = [];
    private bool isShown;

    /// <summary>Applies the average, if the optimizer keeps one.</summary>
    public void Show()
    {
        if (optimizer.RunningAverage is not { } average) return;
        Span<float> weights = values.Trainable.Flat.AsSpan();
        if (trained.Length != weights.Length) trained = new float[weights.Length];
        weights.CopyTo(trained);
        average.AsSpan().CopyTo(weights);
        isShown = true;
    }

    /// <summary>Training continues from the trained weights, or, if a callback has set others, from those with a new average.</summary>
    public void Hide()
    {
        if (!isShown) return;
        isShown = false;
        Span<float> weights = values.Trainable.Flat.AsSpan();
        ReadOnlySpan<float> average = optimizer.RunningAverage is { } running ? running.AsSpan() : weights;
        // As bytes: NaN is not equal to itself, and −0 equals 0.
        if (MemoryMarshal.AsBytes(average).SequenceEqual(MemoryMarshal.AsBytes(weights))) trained.CopyTo(weights);
        else optimizer.RestartAverage();
    }
}
