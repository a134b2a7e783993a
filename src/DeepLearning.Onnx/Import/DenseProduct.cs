namespace DeepLearning.Onnx;

/// <summary>
/// The numbers of a <see cref="Dense"/> layer as a graph has them: alpha·x·K + beta·bias. Two products of the same constants and settings are one layer, called
/// twice.
/// </summary>
/// <param name="Kernel">The matrix.</param>
/// <param name="Turned">Whether it is [units, inputs]; otherwise it is [inputs, units].</param>
/// <param name="Alpha">What the product is multiplied by.</param>
internal sealed record DenseProduct(OnnxConstant Kernel, bool Turned = false, float Alpha = 1f)
{
    /// <summary>What is added; null where nothing is.</summary>
    public OnnxConstant? Bias { get; init; }

    /// <summary>What the bias is multiplied by.</summary>
    public float Beta { get; init; } = 1f;

    public int Inputs => Kernel.Dimensions[Turned ? 1 : 0];

    public int Units => Kernel.Dimensions[Turned ? 0 : 1];

    /// <summary>Whether a constant is a bias: the same for all rows of a value of so many dimensions.</summary>
    public bool MayAdd(OnnxConstant constant, int rank)
    {
        int[] d = constant.Dimensions;
        return d.Length <= rank && d.SkipLast(1).All(n => n == 1) && (constant.Count == Units || constant.Count == 1) && constant.Wholes is null;
    }

    /// <summary>[inputs, units], row-major.</summary>
    public float[] KernelValues()
    {
        float[] values = Kernel.Floats!;
        return Times(Turned ? Transposed(values, Units, Inputs) : values, Alpha);
    }

    /// <summary>[units], or null.</summary>
    public float[]? BiasValues()
        => Bias?.Floats is { } values ? Times(values.Length == Units ? values : [.. Enumerable.Repeat(values[0], Units)], Beta) : null;

    private static float[] Transposed(float[] matrix, int rows, int columns)
    {
        var result = new float[matrix.Length];
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++) result[c * rows + r] = matrix[r * columns + c];
        return result;
    }

    private static float[] Times(float[] values, float factor) => factor == 1f ? values : Array.ConvertAll(values, v => v * factor);
}
