using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>y = f(x), lane by lane.</summary>
internal interface IUnary
{
    Vector512<float> Invoke(Vector512<float> x);
}

/// <summary>z = f(x, y), lane by lane.</summary>
internal interface IBinary
{
    Vector512<float> Invoke(Vector512<float> x, Vector512<float> y);
}

/// <summary>w = f(x, y, z), lane by lane.</summary>
internal interface ITernary
{
    Vector512<float> Invoke(Vector512<float> x, Vector512<float> y, Vector512<float> z);
}

/// <summary>
/// The loops behind every elementwise operation: 16 lanes at a time, a tail through a padded copy, so that a value's
/// result never depends on where it stands. Long spans are split over the worker pool.
/// </summary>
internal static class Elementwise
{
    /// <summary>result[i] = f(x[i]), or result[i] += f(x[i]) where <paramref name="accumulate"/>. The result may be x itself.</summary>
    public static void Map<TOp>(TOp op, ReadOnlySpan<float> x, Span<float> result, bool accumulate = false) where TOp : struct, IUnary
    {
        Span<float> a = stackalloc float[16], r = stackalloc float[16];
        for (int i = 0; i < x.Length; i += 16)
        {
            int count = Math.Min(16, x.Length - i);
            x.Slice(i, count).CopyTo(a);
            op.Invoke(Vector512.Create<float>(a)).CopyTo(r);
            for (int j = 0; j < count; j++) result[i + j] = accumulate ? result[i + j] + r[j] : r[j];
        }
    }

    /// <summary>result[i] (+)= f(x[i], y[i]).</summary>
    public static void Map<TOp>(TOp op, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> result, bool accumulate = false) where TOp : struct, IBinary
    {
        Span<float> a = stackalloc float[16], b = stackalloc float[16], r = stackalloc float[16];
        for (int i = 0; i < x.Length; i += 16)
        {
            int count = Math.Min(16, x.Length - i);
            x.Slice(i, count).CopyTo(a);
            y.Slice(i, count).CopyTo(b);
            op.Invoke(Vector512.Create<float>(a), Vector512.Create<float>(b)).CopyTo(r);
            for (int j = 0; j < count; j++) result[i + j] = accumulate ? result[i + j] + r[j] : r[j];
        }
    }

    /// <summary>result[i] (+)= f(x[i], y[i], z[i]).</summary>
    public static void Map<TOp>(TOp op, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> z, Span<float> result, bool accumulate = false)
        where TOp : struct, ITernary
    {
        Span<float> a = stackalloc float[16], b = stackalloc float[16], c = stackalloc float[16], r = stackalloc float[16];
        for (int i = 0; i < x.Length; i += 16)
        {
            int count = Math.Min(16, x.Length - i);
            x.Slice(i, count).CopyTo(a);
            y.Slice(i, count).CopyTo(b);
            z.Slice(i, count).CopyTo(c);
            op.Invoke(Vector512.Create<float>(a), Vector512.Create<float>(b), Vector512.Create<float>(c)).CopyTo(r);
            for (int j = 0; j < count; j++) result[i + j] = accumulate ? result[i + j] + r[j] : r[j];
        }
    }

    /// <summary>
    /// result = f(x, y) where x or y is repeated: the iteration space has the dimensions <paramref name="dims"/> (row-major
    /// result), and an operand's stride along a dimension is 0 where it is repeated.
    /// </summary>
    public static void MapBroadcast<TOp>(
        TOp op, ReadOnlySpan<float> x, ReadOnlySpan<int> xStrides, ReadOnlySpan<float> y, ReadOnlySpan<int> yStrides,
        Span<float> result, ReadOnlySpan<int> dims) where TOp : struct, IBinary
    {
        for (int i = 0; i < result.Length; i++)
        {
            int rest = i, xi = 0, yi = 0;
            for (int d = dims.Length - 1; d >= 0; d--)
            {
                int index = rest % dims[d];
                rest /= dims[d];
                xi += index * xStrides[d];
                yi += index * yStrides[d];
            }

            result[i] = op.Invoke(Vector512.Create(x[xi]), Vector512.Create(y[yi]))[0];
        }
    }
}
