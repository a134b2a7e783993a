using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DeepLearning.Kernels;

/// <summary>
/// What every kernel does at the end of a span and at the end of a sum: partial vectors of 16 lanes, and the one tree that folds 16 lanes into a
/// number: lane l with l + 8, then + 4, + 2, + 1.
/// </summary>
internal static unsafe class Lanes
{
    /// <summary>The virtual width.</summary>
    public const int Count = 16;

    /// <summary>Lanes 0 … count−1 from memory, the others <paramref name="fill"/>; touches no memory past them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* source, nint count, Vector512<float> fill)
    {
        if (Avx512F.IsSupported) return Avx512F.MaskLoad(source, First(count), fill);
        return Avx.IsSupported ? LoadHalves(source, count, fill) : LoadOneByOne(source, count, fill);
    }

    /// <summary>Lanes 0 … count−1 from memory, the others 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* source, nint count) => Load(source, count, Vector512<float>.Zero);

    /// <summary>Up to 16 lanes from memory, the others 0: the whole vector without a mask, where it is whole.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadUpTo(float* source, nint count) => count == Count ? Vector512.Load(source) : Load(source, count);

    /// <summary>Up to 16 lanes to memory: the whole vector without a mask, where it is whole.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreUpTo(Vector512<float> value, float* target, nint count)
    {
        if (count == Count) value.Store(target);
        else Store(value, target, count);
    }

    /// <summary>Lanes 0 … count−1 to memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, float* target, nint count)
    {
        if (Avx512F.IsSupported) Avx512F.MaskStore(target, First(count), value);
        else StorePieces(value, target, count);
    }

    /// <summary>Sum of 16 lanes in double, by the tree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector512<float> x) => Sum(Vector512.WidenLower(x), Vector512.WidenUpper(x));

    /// <summary>Sum of 16 double lanes, given as 0–7 and 8–15, by the tree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector512<double> low, Vector512<double> high)
    {
        Vector512<double> eight = low + high;
        Vector256<double> four = eight.GetLower() + eight.GetUpper();
        Vector128<double> two = four.GetLower() + four.GetUpper();
        return two[0] + two[1];
    }

    /// <summary>The largest of 16 lanes; NaN if one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector512<float> x)
    {
        Vector256<float> eight = Vector256.Max(x.GetLower(), x.GetUpper());
        Vector128<float> four = Vector128.Max(eight.GetLower(), eight.GetUpper());
        four = Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return MathF.Max(four[0], four[1]);
    }

    private static Vector512<float> LoadHalves(float* source, nint count, Vector512<float> fill)
    {
        Vector256<float> low = Vector256.LessThan(Vector256<int>.Indices, Vector256.Create((int)count)).AsSingle();
        Vector256<float> high = Vector256.LessThan(Vector256<int>.Indices, Vector256.Create((int)count - 8)).AsSingle();
        return Vector512.Create(
            Vector256.ConditionalSelect(low, Avx.MaskLoad(source, low), fill.GetLower()),
            Vector256.ConditionalSelect(high, Avx.MaskLoad(source + 8, high), fill.GetUpper()));
    }

    private static Vector512<float> LoadOneByOne(float* source, nint count, Vector512<float> fill)
    {
        float* lanes = stackalloc float[Count];
        fill.Store(lanes);
        for (nint i = 0; i < count; i++) lanes[i] = source[i];
        return Vector512.Load(lanes);
    }

    /// <summary>By halves: a 256-bit masked store takes dozens of cycles on some machines.</summary>
    private static void StorePieces(Vector512<float> value, float* target, nint count)
    {
        if (count >= Count)
        {
            value.Store(target);
            return;
        }

        Vector256<float> eight = value.GetLower();
        if ((count & 8) != 0)
        {
            eight.Store(target);
            eight = value.GetUpper();
            target += 8;
        }

        Vector128<float> four = eight.GetLower();
        if ((count & 4) != 0)
        {
            four.Store(target);
            four = eight.GetUpper();
            target += 4;
        }

        if ((count & 2) != 0)
        {
            *(double*)target = four.AsDouble().ToScalar();
            four = Vector128.Shuffle(four, Vector128.Create(2, 3, 2, 3));
            target += 2;
        }

        if ((count & 1) != 0) *target = four.ToScalar();
    }

    /// <summary>All bits set in lanes 0 … count−1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> First(nint count) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create((int)count)).AsSingle();
}
