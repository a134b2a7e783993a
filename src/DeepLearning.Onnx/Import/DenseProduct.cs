namespace DeepLearning.Onnx;

/// <summary>The numbers of a <see cref="Dense"/> layer: alpha·x·K + beta·bias.</summary>
/// <param name="Kernel">The matrix.</param>
/// <param name="Turned">Whether it is [units, inputs]; otherwise it is [inputs, units].</param>
/// <param name="Alpha">The factor of the product.</param>
internal sealed record DenseProduct(OnnxConstant Kernel, bool Turned = false, float Alpha = 1f) : LayerWeights
{
    /// <summary>The constant that is added; null if there is none.</summary>
    public OnnxConstant? Bias { get; init; }

    /// <summary>The factor of the bias.</summary>
    public float Beta { get; init; } = 1f;

    public int Inputs => Kernel.Dimensions[Turned ? 1 : 0];

    public int Units => Kernel.Dimensions[Turned ? 0 : 1];

    public override long Count => (long)Inputs * Units + (Bias is null ? 0 : Units);

    public override Layer Make() => new Dense(Units, useBias: Bias is not null);

    public override LayerWeights? WithBias(OnnxConstant constant, int rank) => Bias is null && MayAdd(constant, rank) ? this with { Bias = constant } : null;

    public override void Fill(LayerCall call)
    {
        float[] values = Kernel.Floats!;
        Times(Turned ? Transposed(values, Units, Inputs) : values, Alpha).CopyTo(call.Parameters[0].Value.AsSpan());
        if (Bias?.Floats is not { } bias) return;
        Times(bias.Length == Units ? bias : [.. Enumerable.Repeat(bias[0], Units)], Beta).CopyTo(call.Parameters[1].Value.AsSpan());
    }

    /// <summary>Whether a constant is a bias: the same for all rows of a value with this many dimensions.</summary>
    public bool MayAdd(OnnxConstant constant, int rank)
    {
        int[] d = constant.Dimensions;
        return d.Length <= rank && d.SkipLast(1).All(n => n == 1) && (constant.Count == Units || constant.Count == 1) && constant.Wholes is null;
    }

    private static float[] Transposed(float[] matrix, int rows, int columns)
    {
        var result = new float[matrix.Length];
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++) result[c * rows + r] = matrix[r * columns + c];
        return result;
    }

    private static float[] Times(float[] values, float factor) => factor == 1f ? values : Array.ConvertAll(values, v => v * factor);
}
