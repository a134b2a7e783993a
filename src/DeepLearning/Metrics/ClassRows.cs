using System.Numerics.Tensors;

namespace DeepLearning;

/// <summary>Predictions of classes: one row of outputs for each position of a sample.</summary>
internal static class ClassRows
{
    /// <summary>The number of classes, and of positions in a sample.</summary>
    /// <exception cref="ShapeMismatchException">There is nothing to choose from: the largest of a single output is always the first.</exception>
    public static (int Classes, int Places) Of(Tensor predictions, int samples, string metric)
    {
        int classes = predictions.Rank < 2 ? 1 : predictions.Shape[-1];
        return classes < 2 ? throw Refusal(metric, predictions.Shape.ToString()) : (classes, predictions.Count / Math.Max(1, classes * samples));
    }

    /// <summary>Checks the shape of a prediction, without the batch.</summary>
    /// <exception cref="ShapeMismatchException">There is nothing to choose from.</exception>
    public static void Require(Shape output, string metric)
    {
        if (output.Rank == 0 || output[-1] < 2) throw Refusal(metric, output.WithBatch());
    }

    private static ShapeMismatchException Refusal(string metric, string predictions)
        => new($"{metric} chooses among two or more classes, [batch, classes], but the predictions are {predictions}; for one output there is "
            + $"{nameof(BinaryAccuracy)}.", nameof(predictions));

    /// <summary>The position of the largest prediction, the first on ties; −1 if one is NaN.</summary>
    public static int Chosen(ReadOnlySpan<float> predictions)
    {
        int largest = TensorPrimitives.IndexOfMax(predictions);
        return float.IsNaN(predictions[largest]) ? -1 : largest;
    }
}
