namespace DeepLearning;

/// <summary>
/// Labels for a model whose outputs are probabilities of independent labels, so that a sample may have several labels, or none. Thread-safe. Created by
/// <see cref="Classifier.MultiLabel(IPredictor, bool, float)"/>.
/// </summary>
/// <typeparam name="TLabel">The kind of label: a string, an enum, a custom type.</typeparam>
public sealed class MultiLabelClassifier<TLabel>
{
    private readonly IPredictor predictor;
    private readonly TLabel[] labels;
    private readonly bool fromLogits;

    internal MultiLabelClassifier(IPredictor predictor, TLabel[] labels, bool fromLogits, float threshold)
        => (this.predictor, this.labels, this.fromLogits, Threshold) = (predictor, labels, fromLogits, threshold);

    /// <summary>The labels in the order of the outputs.</summary>
    public IReadOnlyList<TLabel> Labels => labels;

    /// <summary>The probability above which a sample has a label.</summary>
    public float Threshold { get; }

    /// <summary>The labels of one sample, the most likely first; ties in the order of the labels.</summary>
    /// <param name="sample">One sample, row-major.</param>
    /// <returns>Those above the threshold; empty if there are none.</returns>
    /// <exception cref="ArgumentException">The number of values is not that of one sample, or a prediction is NaN, for example for a sample with
    /// NaN.</exception>
    public Classification<TLabel>[] Classify(ReadOnlySpan<float> sample)
    {
        if (sample.Length != predictor.InputShape.Size)
            throw new ArgumentException($"One sample has {predictor.InputShape.Size} values, got {sample.Length}.", nameof(sample));
        var outputs = new float[labels.Length];
        predictor.Predict(sample, outputs);
        return Choose(outputs, nameof(sample));
    }

    /// <summary>The labels of each sample, as for one.</summary>
    /// <param name="samples">[samples, …input], or a single sample […input].</param>
    /// <exception cref="ShapeMismatchException">The samples are neither [samples, …input] nor […input].</exception>
    /// <exception cref="ArgumentException">A prediction is NaN.</exception>
    public Classification<TLabel>[][] Classify(Tensor samples)
    {
        Tensor outputs = predictor.Predict(samples);
        var chosen = new Classification<TLabel>[outputs.Count / labels.Length][];
        for (int row = 0; row < chosen.Length; row++) chosen[row] = Choose(outputs.AsReadOnlySpan().Slice(row * labels.Length, labels.Length), nameof(samples));
        return chosen;
    }

    private Classification<TLabel>[] Choose(ReadOnlySpan<float> outputs, string argument)
    {
        var above = new List<Classification<TLabel>>();
        for (int i = 0; i < labels.Length; i++)
        {
            float probability = fromLogits ? Classifier.Probability(outputs[i]) : outputs[i];
            if (float.IsNaN(probability)) throw Classifier.NotANumber(labels[i], argument);
            if (probability > Threshold) above.Add(new Classification<TLabel>(labels[i], probability));
        }

        return [.. above.OrderByDescending(c => c.Probability)];
    }
}
