using System.Numerics.Tensors;

namespace DeepLearning;

/// <summary>The predictions and targets of a batch, place by place: a sample has one place, or several, such as the pixels of an image.</summary>
internal readonly ref struct ClassPlaces
{
    private readonly bool labels;

    public ClassPlaces(Tensor predictions, Tensor targets, int outputs, bool labels, int inSample)
    {
        Predictions = predictions.AsReadOnlySpan();
        Targets = targets.AsReadOnlySpan();
        (Outputs, this.labels, InSample) = (outputs, labels, Math.Max(1, inSample));
    }

    public ReadOnlySpan<float> Predictions { get; }

    public ReadOnlySpan<float> Targets { get; }

    /// <summary>The outputs of a place.</summary>
    public int Outputs { get; }

    /// <summary>The places of a sample.</summary>
    public int InSample { get; }

    /// <summary>The places of the batch.</summary>
    public int Count => Predictions.Length / Outputs;

    /// <summary>Checks that predictions are from 0 to 1, or NaN.</summary>
    /// <exception cref="ArgumentException">One is not.</exception>
    public void RequireProbabilities(string metric)
    {
        // NaN is outside every range.
        if (Predictions.IndexOfAnyExceptInRange(0f, 1f) < 0) return;
        for (int i = 0; i < Predictions.Length; i++)
            if (Predictions[i] is < 0f or > 1f)
                throw new ArgumentException(
                    FormattableString.Invariant($"{metric} takes probabilities from 0 to 1, got {Predictions[i]} in row {i / (Outputs * InSample)}: of logits ")
                    + "take the sigmoid or the softmax first.");
    }

    /// <summary>The predictions of a place.</summary>
    public ReadOnlySpan<float> this[int place] => Predictions.Slice(place * Outputs, Outputs);

    /// <summary>The class of a place.</summary>
    public int Actual(int place) => labels ? (int)Targets[place] : TensorPrimitives.IndexOfMax(Targets.Slice(place * Outputs, Outputs));

    /// <summary>The labels of a place, a 0 or 1 for each output.</summary>
    public ReadOnlySpan<float> LabelsOf(int place) => Targets.Slice(place * Outputs, Outputs);

    /// <summary>The predicted class: of two, the second above the threshold; −1 if a prediction is NaN.</summary>
    public int Predicted(int place, float threshold)
    {
        ReadOnlySpan<float> p = this[place];
        if (p.Length > 2) return ClassRows.Chosen(p);
        return float.IsNaN(p[0]) || float.IsNaN(p[^1]) ? -1 : p[^1] > threshold ? 1 : 0;
    }
}
