namespace DeepLearning;

/// <summary>
/// TP / (TP + FP + FN) of yes or no at each output, or of two classes: the mean over those of classes 0 and 1 that occur. From 0 to 1, higher is better.
/// Keras: <c>BinaryIoU</c>, where <c>target_class_ids=[1]</c> is <see cref="OfClass1Only"/>.
/// </summary>
public sealed class BinaryIoU : CountMetric
{
    /// <summary>The intersection over union of two classes.</summary>
    /// <param name="threshold">The probability above which class 1 is predicted, in (0, 1); 0.5 by default.</param>
    /// <param name="name">The name in a history; <c>binary_io_u</c> by default, as Keras spells it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not between 0 and 1.</exception>
    public BinaryIoU(double threshold = 0.5, string? name = null) : base(name ?? "binary_io_u", Averaging.Binary, threshold) { }

    /// <summary>Whether class 0, the background, is left out; false by default, as in Keras.</summary>
    public bool OfClass1Only { get; init; }

    /// <summary>For example <c>BinaryIoU(Binary, threshold 0.5, of class 1)</c>.</summary>
    public override string ToString() => OfClass1Only ? $"{base.ToString()[..^1]}, of class 1)" : base.ToString();

    /// <inheritdoc/>
    protected override double Of(ClassCounts counts)
        => counts.Average(OfClass1Only ? Averaging.Binary : Averaging.Macro, static c => c.IntersectionOverUnion);
}
