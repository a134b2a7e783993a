namespace DeepLearning.Onnx;

/// <summary>Numbers that a graph holds: as floats, as doubles or as whole numbers, whichever the file says.</summary>
internal sealed class OnnxConstant
{
    private readonly Array values;

    public OnnxConstant(int[] dimensions, float[] values) => (Dimensions, this.values) = (dimensions, values);

    public OnnxConstant(int[] dimensions, double[] values) => (Dimensions, this.values) = (dimensions, values);

    public OnnxConstant(int[] dimensions, long[] values) => (Dimensions, this.values) = (dimensions, values);

    public int[] Dimensions { get; }

    public int Count => values.Length;

    /// <summary>The numbers as floats, doubles rounded; null for whole numbers.</summary>
    public float[]? Floats => values as float[] ?? (values as double[])?.Select(v => (float)v).ToArray();

    /// <summary>The numbers as doubles; null for whole numbers.</summary>
    public double[]? Doubles => values as double[] ?? (values as float[])?.Select(v => (double)v).ToArray();

    /// <summary>The whole numbers, or null.</summary>
    public long[]? Integers => values as long[];

    /// <summary>The same numbers rounded to float, or widened to double.</summary>
    public OnnxConstant? Cast(bool toDouble) => (toDouble, Doubles, Floats) switch
    {
        (true, { } doubles, _) => new OnnxConstant(Dimensions, doubles),
        (false, _, { } floats) => new OnnxConstant(Dimensions, floats),
        _ => null,
    };

    /// <summary>A matrix with rows and columns exchanged.</summary>
    public OnnxConstant Transpose()
    {
        int rows = Dimensions[0], columns = Dimensions[1];
        int[] turned = [columns, rows];
        return values switch
        {
            float[] floats => new OnnxConstant(turned, Transpose(floats, rows, columns)),
            double[] doubles => new OnnxConstant(turned, Transpose(doubles, rows, columns)),
            _ => new OnnxConstant(turned, Transpose((long[])values, rows, columns)),
        };
    }

    private static T[] Transpose<T>(T[] matrix, int rows, int columns)
    {
        var result = new T[matrix.Length];
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++) result[c * rows + r] = matrix[r * columns + c];
        return result;
    }
}
