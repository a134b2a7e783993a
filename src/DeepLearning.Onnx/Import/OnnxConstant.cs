namespace DeepLearning.Onnx;

/// <summary>Numbers in a graph: floats, doubles or whole numbers, as stored in the file.</summary>
internal sealed class OnnxConstant
{
    private readonly Array values;

    public OnnxConstant(int[] dimensions, float[] values) : this(dimensions, (Array)values)
    {
    }

    public OnnxConstant(int[] dimensions, double[] values) : this(dimensions, (Array)values)
    {
    }

    public OnnxConstant(int[] dimensions, WholeNumber[] values) : this(dimensions, (Array)values)
    {
    }

    private OnnxConstant(int[] dimensions, Array values) => (Dimensions, this.values) = (dimensions, values);

    public int[] Dimensions { get; }

    public int Count => values.Length;

    /// <summary>The size of one number in memory, in bytes.</summary>
    public int Size => values switch { float[] => sizeof(float), double[] => sizeof(double), _ => 2 * sizeof(long) };

    /// <summary>The numbers as floats, doubles rounded; null for whole numbers.</summary>
    public float[]? Floats => values as float[] ?? (values as double[])?.Select(v => (float)v).ToArray();

    /// <summary>The numbers as doubles; null for whole numbers.</summary>
    public double[]? Doubles => values as double[] ?? (values as float[])?.Select(v => (double)v).ToArray();

    /// <summary>Whether the numbers are stored as doubles.</summary>
    public bool IsDouble => values is double[];

    /// <summary>The whole numbers, those that depend on the batch size included; null for others.</summary>
    public WholeNumber[]? Wholes => values as WholeNumber[];

    /// <summary>The whole numbers; null for others, or if one depends on the batch size.</summary>
    public long[]? Integers => Wholes is { } wholes && !Array.Exists(wholes, w => w.PerBatch) ? Array.ConvertAll(wholes, w => w.Value) : null;

    public static OnnxConstant OfIntegers(int[] dimensions, IEnumerable<long> values) => new(dimensions, values.Select(v => new WholeNumber(v)).ToArray());

    /// <summary>The same numbers in another shape of the same count.</summary>
    public OnnxConstant Shaped(int[] dimensions) => new(dimensions, values);

    /// <summary>The numbers at the given positions, in order.</summary>
    public OnnxConstant Picked(int[] dimensions, int[] places) => new(dimensions, values switch
    {
        float[] floats => Array.ConvertAll(places, p => floats[p]),
        double[] doubles => Array.ConvertAll(places, p => doubles[p]),
        _ => Array.ConvertAll(places, p => ((WholeNumber[])values)[p]),
    });

    /// <summary>Concatenated tensors: a block of each in turn; null if their types differ.</summary>
    /// <param name="parts">The tensors.</param>
    /// <param name="dimensions">The shape of the result.</param>
    /// <param name="blocks">How many blocks each has.</param>
    public static OnnxConstant? Joined(IReadOnlyList<OnnxConstant> parts, int[] dimensions, int blocks) => parts[0].values switch
    {
        float[] => Join<float>(parts, blocks) is { } all ? new(dimensions, all) : null,
        double[] => Join<double>(parts, blocks) is { } all ? new(dimensions, all) : null,
        _ => Join<WholeNumber>(parts, blocks) is { } all ? new(dimensions, all) : null,
    };

    private static T[]? Join<T>(IReadOnlyList<OnnxConstant> parts, int blocks)
    {
        if (!parts.All(p => p.values is T[])) return null;
        var all = new T[parts.Sum(p => p.Count)];
        int place = 0;
        for (int b = 0; b < blocks; b++)
        {
            foreach (OnnxConstant part in parts)
            {
                int length = part.Count / blocks;
                Array.Copy(part.values, b * length, all, place, length);
                place += length;
            }
        }

        return all;
    }
}
