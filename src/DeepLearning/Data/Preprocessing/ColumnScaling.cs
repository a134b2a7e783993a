using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// y = (x − offset) / scale for each column, by <see cref="ColumnAffine"/>, and back.
/// </summary>
internal sealed class ColumnScaling(double[] offset, double[] scale)
{
    public Tensor Transform(Tensor values)
    {
        Tensor result = Like(values);
        ColumnAffine.Invoke(values.AsReadOnlySpan(), result.AsSpan(), offset, scale);
        return result;
    }

    public Tensor Inverse(Tensor values)
    {
        Tensor result = Like(values);
        ReadOnlySpan<float> y = values.AsReadOnlySpan();
        Span<float> x = result.AsSpan();
        for (int i = 0, c = 0; i < y.Length; i++)
        {
            x[i] = (float)(y[i] * scale[c] + offset[c]);
            if (++c == offset.Length) c = 0;
        }

        return result;
    }

    /// <summary>The number of columns to fit: at least one row, all numbers finite.</summary>
    public static int ColumnsToFit(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Rank == 0 || values.Count == 0)
            throw new ArgumentException($"Fitting a scale needs at least one row and one column, got shape {values.Shape}.", nameof(values));
        Dataset.RequireFinite(values, "value");
        return values.Count / values.Shape[0];
    }

    private Tensor Like(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        int columns = values.Rank == 0 ? 0 : values.Shape.WithoutFirst().Size;
        return columns == offset.Length
            ? Tensor.Zeros(values.Shape)
            : throw new ShapeMismatchException($"Expected rows of {offset.Length} columns, as fitted, got shape {values.Shape}.", nameof(values));
    }
}
