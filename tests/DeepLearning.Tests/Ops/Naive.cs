namespace DeepLearning.Tests.Ops;

/// <summary>Index loops that are too simple to be wrong: what the operations are compared with.</summary>
internal static class Naive
{
    /// <summary>All indices of a shape, row-major.</summary>
    public static IEnumerable<int[]> Indices(int[] dims)
    {
        if (dims.Length == 0) return [[]];
        return Enumerable.Range(0, dims[0]).SelectMany(first => Indices(dims[1..]).Select(rest => (int[])[first, .. rest]));
    }

    /// <summary>The element of a broadcast tensor at an index of the common shape.</summary>
    public static float Repeated(Tensor x, int[] index) => x[[.. index[(index.Length - x.Rank)..].Select((i, d) => x.Shape[d] == 1 ? 0 : i)]];

    /// <summary>f over each line along one axis, in double: [outer, axis, inner] to [outer, inner].</summary>
    public static double[] Along(Tensor x, int axis, Func<double[], double> f)
    {
        int outer = x.Shape.Dimensions[..axis].ToArray().Aggregate(1, (a, b) => a * b), size = x.Shape[axis], inner = x.Count / (outer * size);
        float[] v = x.ToArray();
        return [.. from o in Enumerable.Range(0, outer)
                   from i in Enumerable.Range(0, inner)
                   select f([.. Enumerable.Range(0, size).Select(a => (double)v[((o * size) + a) * inner + i])])];
    }
}
