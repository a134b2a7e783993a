namespace DeepLearning.Onnx;

/// <summary>The positions of a tensor's values in the tensor it is rearranged from.</summary>
internal static class Places
{
    /// <param name="dimensions">The shape of the result.</param>
    /// <param name="strides">The distance in the source for a step along each dimension of the result.</param>
    /// <param name="first">The position of the first value.</param>
    public static int[] Of(ReadOnlySpan<int> dimensions, ReadOnlySpan<int> strides, int first = 0)
    {
        int count = 1;
        foreach (int d in dimensions) count *= d;
        var places = new int[count];
        var index = new int[dimensions.Length];
        int place = first;
        for (int i = 0; i < count; i++)
        {
            places[i] = place;
            for (int d = dimensions.Length - 1; d >= 0; d--)
            {
                if (++index[d] < dimensions[d])
                {
                    place += strides[d];
                    break;
                }

                place -= strides[d] * (dimensions[d] - 1);
                index[d] = 0;
            }
        }

        return places;
    }

    /// <summary>The distance of a step along each dimension of a row-major tensor.</summary>
    public static int[] Strides(ReadOnlySpan<int> dimensions)
    {
        var strides = new int[dimensions.Length];
        for (int d = dimensions.Length - 1, stride = 1; d >= 0; stride *= dimensions[d--]) strides[d] = stride;
        return strides;
    }

    /// <summary>The strides by which a tensor broadcasts to a shape, as in NumPy; null if it does not.</summary>
    public static int[]? Spread(ReadOnlySpan<int> from, ReadOnlySpan<int> to)
    {
        int extra = to.Length - from.Length;
        if (extra < 0) return null;
        int[] own = Strides(from);
        var strides = new int[to.Length];
        for (int d = 0; d < from.Length; d++)
        {
            if (from[d] != to[d + extra] && from[d] != 1) return null;
            strides[d + extra] = from[d] == 1 ? 0 : own[d];
        }

        return strides;
    }
}
