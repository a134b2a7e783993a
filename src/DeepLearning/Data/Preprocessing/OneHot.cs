using System.Numerics.Tensors;

namespace DeepLearning;

/// <summary>Class labels as rows that are 1 at the label and 0 elsewhere. Like Keras's <c>to_categorical</c>.</summary>
public static class OneHot
{
    /// <summary>Labels to rows [n, classes].</summary>
    /// <param name="labels">Each from 0 to classes − 1.</param>
    /// <param name="classes">Number of classes, ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A label is outside the classes, or there are none.</exception>
    public static Tensor Encode(ReadOnlySpan<int> labels, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        for (int r = 0; r < labels.Length; r++)
        {
            if ((uint)labels[r] >= (uint)classes)
                throw new ArgumentOutOfRangeException(nameof(labels), labels[r], $"Expected labels from 0 to {classes - 1}, but row {r} has {labels[r]}.");
        }

        Tensor rows = Tensor.Zeros([labels.Length, classes]);
        for (int r = 0; r < labels.Length; r++) rows[r, labels[r]] = 1f;
        return rows;
    }

    /// <summary>The index of the largest value of each row: labels from one-hot rows, classes from probabilities. The first on ties.</summary>
    /// <param name="rows">[n, classes], classes ≥ 1.</param>
    /// <exception cref="ShapeMismatchException">Not a matrix with at least one column.</exception>
    public static int[] Decode(Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Rank != 2 || rows.Shape[1] == 0)
            throw new ShapeMismatchException($"Expected rows [n, classes] with at least one class, got shape {rows.Shape}.", nameof(rows));
        var labels = new int[rows.Shape[0]];
        for (int r = 0; r < labels.Length; r++) labels[r] = TensorPrimitives.IndexOfMax(rows.AsReadOnlySpan().Slice(r * rows.Shape[1], rows.Shape[1]));
        return labels;
    }
}
