namespace DeepLearning.Kernels;

/// <summary>Categories from values, and values from categories. Plain loops: each element is a search, or a write to a place that the index names.</summary>
internal static class Categories
{
    /// <summary>bins[i] = the number of boundaries ≤ x[i]; the boundaries ascend. NaN is in none: 0.</summary>
    public static void Bin(ReadOnlySpan<float> x, ReadOnlySpan<float> boundaries, Span<int> bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins.Length, x.Length);
        for (int i = 0; i < x.Length; i++)
        {
            int low = 0, high = boundaries.Length;
            while (low < high)
            {
                int middle = (low + high) >>> 1;
                if (boundaries[middle] <= x[i]) low = middle + 1;
                else high = middle;
            }

            bins[i] = low;
        }
    }

    /// <summary>y[r, k] = how often, or whether, row r of the indices has k; y has a row of <paramref name="count"/> values for each.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is not from 0 to count − 1.</exception>
    public static void Mark(ReadOnlySpan<int> indices, int perRow, Span<float> y, int count, bool adds)
    {
        int rows = perRow == 0 ? y.Length / count : indices.Length / perRow;
        ArgumentOutOfRangeException.ThrowIfLessThan(y.Length, (long)rows * count);
        y.Clear();
        for (int i = 0; i < indices.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)indices[i], (uint)count, nameof(indices));
            ref float place = ref y[(int)(((long)i / perRow * count) + indices[i])];
            place = adds ? place + 1f : 1f;
        }
    }

    /// <summary>
    /// bins[i] = hash(x[i], salt) mod count, with the finisher of MurmurHash3 (Appleby), in which each bit of x affects every bit of the hash.
    /// </summary>
    public static void Hash(ReadOnlySpan<int> x, uint salt, int count, Span<int> bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins.Length, x.Length);
        for (int i = 0; i < x.Length; i++) bins[i] = (int)(Hashes.Finished((uint)x[i] ^ Hashes.Finished(salt + 0x9E37_79B9)) % (uint)count);
    }
}
