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
        if (Avx.IsSupported)
        {
            Vector512<float> mask = First(count);
            Vector512<float> loaded = Vector512.Create(Avx.MaskLoad(source, mask.GetLower()), Avx.MaskLoad(source + 8, mask.GetUpper()));
            return Vector512.ConditionalSelect(mask, loaded, fill);
        }

        return PortableLoad(source, count, fill);
    }

    /// <summary>Lanes 0 … count−1 from memory, the others 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* source, nint count) => Load(source, count, Vector512<float>.Zero);

    /// <summary>Lanes 0 … count−1 to memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, float* target, nint count)
    {
        if (Avx512F.IsSupported)
        {
            Avx512F.MaskStore(target, First(count), value);
        }
        else if (Avx.IsSupported)
        {
            Vector512<float> mask = First(count);
            Avx.MaskStore(target, mask.GetLower(), value.GetLower());
            Avx.MaskStore(target + 8, mask.GetUpper(), value.GetUpper());
        }
        else
        {
            PortableStore(value, target, count);
        }
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

    // The scratch is in methods of their own, since one that takes stack space is not inlined.
    private static Vector512<float> PortableLoad(float* source, nint count, Vector512<float> fill)
    {
        float* lanes = stackalloc float[Count];
        fill.Store(lanes);
        for (nint i = 0; i < count; i++) lanes[i] = source[i];
        return Vector512.Load(lanes);
    }

    private static void PortableStore(Vector512<float> value, float* target, nint count)
    {
        float* lanes = stackalloc float[Count];
        value.Store(lanes);
        for (nint i = 0; i < count; i++) target[i] = lanes[i];
    }

    /// <summary>All bits set in lanes 0 … count−1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> First(nint count) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create((int)count)).AsSingle();
}
