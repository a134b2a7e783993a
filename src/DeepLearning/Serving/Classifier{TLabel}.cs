using System.Buffers;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Labels for a model's outputs: which class a sample most likely belongs to, and how likely. A single output represents two labels, the negative one first;
/// the positive one is chosen above the threshold. Thread-safe; a call on spans allocates nothing after warm-up. Created by <see cref="Classifier"/>; for
/// several labels per sample, see <see cref="MultiLabelClassifier{TLabel}"/>.
/// </summary>
/// <typeparam name="TLabel">The kind of label: a string, an enum, a custom type.</typeparam>
public sealed class Classifier<TLabel>
{
    private const int StackFloats = 256;

    private readonly IPredictor predictor;
    private readonly TLabel[] labels;
    private readonly bool fromLogits;
    private readonly int inputs, outputs;

    internal Classifier(IPredictor predictor, TLabel[] labels, bool fromLogits, float threshold)
    {
        (this.predictor, this.labels, this.fromLogits, Threshold) = (predictor, labels, fromLogits, threshold);
        (inputs, outputs) = (predictor.InputShape.Size, predictor.OutputShape.Size);
    }

    /// <summary>The labels in the order of the outputs.</summary>
    public IReadOnlyList<TLabel> Labels => labels;

    /// <summary>The probability above which a single output is the second label; 0.5 if there are several outputs.</summary>
    public float Threshold { get; }

    /// <summary>The most likely label of one sample, the first on ties; for a single output, the label on its side of the threshold.</summary>
    /// <param name="sample">One sample, row-major.</param>
    /// <exception cref="ArgumentException">The number of values is not that of one sample, or a prediction is NaN, usually from NaN in the sample.</exception>
    public Classification<TLabel> Classify(ReadOnlySpan<float> sample)
    {
        Classification<TLabel> best = default;
        Top(sample, new Span<Classification<TLabel>>(ref best));
        return best;
    }

    /// <summary>
    /// The most likely labels of one sample, the most likely first; ties in the order of the labels. For a single output, the chosen label comes first.
    /// </summary>
    /// <param name="sample">One sample, row-major.</param>
    /// <param name="best">Receives as many labels as it has room for.</param>
    /// <returns>How many were written: the length of <paramref name="best"/>, or the number of labels if that is less.</returns>
    /// <exception cref="ArgumentException">The number of values is not that of one sample, or a prediction is NaN, usually from NaN in the sample.</exception>
    public int Top(ReadOnlySpan<float> sample, Span<Classification<TLabel>> best)
    {
        if (sample.Length != inputs) throw new ArgumentException($"One sample has {inputs} values, got {sample.Length}.", nameof(sample));
        float[]? rented = null;
        Span<float> probabilities = outputs <= StackFloats ? stackalloc float[StackFloats] : rented = ArrayPool<float>.Shared.Rent(outputs);
        probabilities = probabilities[..outputs];
        predictor.Predict(sample, probabilities);
        int written = Choose(probabilities, best, nameof(sample));
        if (rented is not null) ArrayPool<float>.Shared.Return(rented);
        return written;
    }

    /// <summary>The most likely label of each sample.</summary>
    /// <param name="samples">[samples, …input], or a single sample […input].</param>
    /// <exception cref="ShapeMismatchException">The samples are neither [samples, …input] nor […input].</exception>
    /// <exception cref="ArgumentException">A prediction is NaN.</exception>
    public Classification<TLabel>[] Classify(Tensor samples) => Choose(predictor.Predict(samples), nameof(samples));

    /// <summary>The most likely label of each sample, on a thread-pool thread.</summary>
    /// <param name="samples">[samples, …input]; its values must not change until the task ends.</param>
    /// <param name="cancellationToken">Checked every 256 samples.</param>
    /// <exception cref="ShapeMismatchException">The samples are neither [samples, …input] nor […input].</exception>
    /// <exception cref="ArgumentException">A prediction is NaN.</exception>
    public async Task<Classification<TLabel>[]> ClassifyAsync(Tensor samples, CancellationToken cancellationToken = default)
        => Choose(await predictor.PredictAsync(samples, cancellationToken).ConfigureAwait(false), nameof(samples));

    private Classification<TLabel>[] Choose(Tensor predictions, string argument)
    {
        var chosen = new Classification<TLabel>[predictions.Count / outputs];
        for (int row = 0; row < chosen.Length; row++) Choose(predictions.AsSpan().Slice(row * outputs, outputs), chosen.AsSpan(row, 1), argument);
        return chosen;
    }

    private int Choose(Span<float> predictions, Span<Classification<TLabel>> best, string argument)
    {
        if (fromLogits && outputs > 1) SoftmaxKernel.Softmax(predictions, predictions, 1, outputs, 1);
        else if (fromLogits) predictions[0] = Classifier.Probability(predictions[0]);
        return outputs == 1 ? BestOfTwo(predictions[0], best, argument) : Best(predictions, best, argument);
    }

    private int BestOfTwo(float positive, Span<Classification<TLabel>> best, string argument)
    {
        if (float.IsNaN(positive)) throw Classifier.NotANumber(labels[1], argument);
        int written = Math.Min(2, best.Length), chosen = positive > Threshold ? 1 : 0;
        for (int i = 0; i < written; i++)
        {
            int label = i == 0 ? chosen : 1 - chosen;
            best[i] = new Classification<TLabel>(labels[label], label == 1 ? positive : 1f - positive);
        }

        return written;
    }

    private int Best(ReadOnlySpan<float> predictions, Span<Classification<TLabel>> best, string argument)
    {
        int written = 0;
        for (int i = 0; i < predictions.Length; i++)
        {
            float probability = predictions[i];
            if (float.IsNaN(probability)) throw Classifier.NotANumber(labels[i], argument);
            int place = written;
            while (place > 0 && best[place - 1].Probability < probability) place--;
            if (place == best.Length) continue;
            if (written < best.Length) written++;
            best[place..(written - 1)].CopyTo(best[(place + 1)..]);
            best[place] = new Classification<TLabel>(labels[i], probability);
        }

        return written;
    }
}
