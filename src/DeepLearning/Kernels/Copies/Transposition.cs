namespace DeepLearning.Kernels;

/// <summary>
/// Copies an array with its axes in another order, in tiles of 16 × 16, element by element; for a matrix: <c>for each j, i: y[j, i] (+)= x[i, j]</c>.
/// </summary>
internal static class Transposition
{
    /// <summary>Rows and columns of a tile: 16 floats are a cache line, so a tile reads and writes whole lines.</summary>
    private const int Tile = 16;

    /// <summary>
    /// y (+)= x with its axes permuted: axis i of y is axis <c>permutation[i]</c> of x. Both are row-major; x has the dimensions <paramref name="dims"/>.
    /// </summary>
    public static void Permute(ReadOnlySpan<float> x, ReadOnlySpan<int> dims, ReadOnlySpan<int> permutation, Span<float> y, bool accumulate = false)
    {
        int rank = dims.Length;
        Span<int> sizes = stackalloc int[rank + 2], strides = stackalloc int[rank + 2], index = stackalloc int[rank + 2];
        Prepare(dims, permutation, sizes, strides);
        index.Clear();
        int rows = sizes[^2], columns = sizes[^1], at = 0;
        for (int done = 0; done < y.Length; done += rows * columns)
        {
            Plane(x[at..], strides[^2], strides[^1], y.Slice(done, rows * columns), rows, columns, accumulate);
            for (int d = rank - 1; d >= 0; d--)
            {
                at += strides[d];
                if (++index[d] < sizes[d]) break;
                at -= index[d] * strides[d];
                index[d] = 0;
            }
        }
    }

    /// <summary>The sizes of y's axes and their strides in x, behind as many axes of size 1 as make the last two a plane.</summary>
    private static void Prepare(ReadOnlySpan<int> dims, ReadOnlySpan<int> permutation, Span<int> sizes, Span<int> strides)
    {
        sizes[..2].Fill(1);
        strides[..2].Clear();
        for (int i = 0; i < permutation.Length; i++)
        {
            int stride = 1;
            foreach (int d in dims[(permutation[i] + 1)..]) stride *= d;
            (sizes[i + 2], strides[i + 2]) = (dims[permutation[i]], stride);
        }
    }

    private static void Plane(ReadOnlySpan<float> x, int rowStride, int columnStride, Span<float> y, int rows, int columns, bool accumulate)
    {
        for (int r0 = 0; r0 < rows; r0 += Tile)
            for (int c0 = 0; c0 < columns; c0 += Tile)
                for (int r = r0; r < Math.Min(rows, r0 + Tile); r++)
                {
                    int at = r * rowStride + c0 * columnStride;
                    Span<float> row = y.Slice(r * columns + c0, Math.Min(Tile, columns - c0));
                    for (int c = 0; c < row.Length; c++, at += columnStride) row[c] = accumulate ? row[c] + x[at] : x[at];
                }
    }
}
