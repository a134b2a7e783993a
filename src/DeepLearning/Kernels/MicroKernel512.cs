using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>
/// 512 bits: a tile of 8 rows × 32 columns in 16 accumulators, two vectors of 16 lanes a row; lane l of vector v is column 16·v + l.
/// 16 of 32 registers hold sums: enough to hide the latency of the multiply-add, and 8 rows cut powers of two evenly.
/// There is no tail: tiles at the edge are padded by the caller.
/// </summary>
internal readonly unsafe struct MicroKernel512 : IMicroKernel
{
    public static int Rows => 8;

    public static int Columns => 32;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(float* a, nint aStep, float* b, nint bStep, int k, float* c, nint cStep, bool accumulate, float* bias)
    {
        Vector512<float> c00 = default, c01 = default;
        Vector512<float> c10 = default, c11 = default;
        Vector512<float> c20 = default, c21 = default;
        Vector512<float> c30 = default, c31 = default;
        Vector512<float> c40 = default, c41 = default;
        Vector512<float> c50 = default, c51 = default;
        Vector512<float> c60 = default, c61 = default;
        Vector512<float> c70 = default, c71 = default;
        if (accumulate)
        {
            c00 = Vector512.Load(c + (0 * cStep)); c01 = Vector512.Load(c + (0 * cStep) + 16);
            c10 = Vector512.Load(c + (1 * cStep)); c11 = Vector512.Load(c + (1 * cStep) + 16);
            c20 = Vector512.Load(c + (2 * cStep)); c21 = Vector512.Load(c + (2 * cStep) + 16);
            c30 = Vector512.Load(c + (3 * cStep)); c31 = Vector512.Load(c + (3 * cStep) + 16);
            c40 = Vector512.Load(c + (4 * cStep)); c41 = Vector512.Load(c + (4 * cStep) + 16);
            c50 = Vector512.Load(c + (5 * cStep)); c51 = Vector512.Load(c + (5 * cStep) + 16);
            c60 = Vector512.Load(c + (6 * cStep)); c61 = Vector512.Load(c + (6 * cStep) + 16);
            c70 = Vector512.Load(c + (7 * cStep)); c71 = Vector512.Load(c + (7 * cStep) + 16);
        }

        for (; k > 0; k--)
        {
            Vector512<float> b0 = Vector512.Load(b); Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c00 = Vector512.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(x, b1, c01);
            x = Vector512.Create(a[1]);
            c10 = Vector512.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(x, b1, c11);
            x = Vector512.Create(a[2]);
            c20 = Vector512.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(x, b1, c21);
            x = Vector512.Create(a[3]);
            c30 = Vector512.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(x, b1, c31);
            x = Vector512.Create(a[4]);
            c40 = Vector512.FusedMultiplyAdd(x, b0, c40);
            c41 = Vector512.FusedMultiplyAdd(x, b1, c41);
            x = Vector512.Create(a[5]);
            c50 = Vector512.FusedMultiplyAdd(x, b0, c50);
            c51 = Vector512.FusedMultiplyAdd(x, b1, c51);
            x = Vector512.Create(a[6]);
            c60 = Vector512.FusedMultiplyAdd(x, b0, c60);
            c61 = Vector512.FusedMultiplyAdd(x, b1, c61);
            x = Vector512.Create(a[7]);
            c70 = Vector512.FusedMultiplyAdd(x, b0, c70);
            c71 = Vector512.FusedMultiplyAdd(x, b1, c71);
            a += aStep;
            b += bStep;
        }

        if (bias != null)
        {
            Vector512<float> d0 = Vector512.Load(bias); Vector512<float> d1 = Vector512.Load(bias + 16);
            c00 += d0; c01 += d1;
            c10 += d0; c11 += d1;
            c20 += d0; c21 += d1;
            c30 += d0; c31 += d1;
            c40 += d0; c41 += d1;
            c50 += d0; c51 += d1;
            c60 += d0; c61 += d1;
            c70 += d0; c71 += d1;
        }

        c00.Store(c + (0 * cStep)); c01.Store(c + (0 * cStep) + 16);
        c10.Store(c + (1 * cStep)); c11.Store(c + (1 * cStep) + 16);
        c20.Store(c + (2 * cStep)); c21.Store(c + (2 * cStep) + 16);
        c30.Store(c + (3 * cStep)); c31.Store(c + (3 * cStep) + 16);
        c40.Store(c + (4 * cStep)); c41.Store(c + (4 * cStep) + 16);
        c50.Store(c + (5 * cStep)); c51.Store(c + (5 * cStep) + 16);
        c60.Store(c + (6 * cStep)); c61.Store(c + (6 * cStep) + 16);
        c70.Store(c + (7 * cStep)); c71.Store(c + (7 * cStep) + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyHalf(float* a, nint aStep, float* b, nint bStep, int k, float* c, nint cStep, bool accumulate, float* bias)
    {
        Vector512<float> c00 = default;
        Vector512<float> c10 = default;
        Vector512<float> c20 = default;
        Vector512<float> c30 = default;
        Vector512<float> c40 = default;
        Vector512<float> c50 = default;
        Vector512<float> c60 = default;
        Vector512<float> c70 = default;
        if (accumulate)
        {
            c00 = Vector512.Load(c + (0 * cStep));
            c10 = Vector512.Load(c + (1 * cStep));
            c20 = Vector512.Load(c + (2 * cStep));
            c30 = Vector512.Load(c + (3 * cStep));
            c40 = Vector512.Load(c + (4 * cStep));
            c50 = Vector512.Load(c + (5 * cStep));
            c60 = Vector512.Load(c + (6 * cStep));
            c70 = Vector512.Load(c + (7 * cStep));
        }

        for (; k > 0; k--)
        {
            Vector512<float> b0 = Vector512.Load(b);
            c00 = Vector512.FusedMultiplyAdd(Vector512.Create(a[0]), b0, c00);
            c10 = Vector512.FusedMultiplyAdd(Vector512.Create(a[1]), b0, c10);
            c20 = Vector512.FusedMultiplyAdd(Vector512.Create(a[2]), b0, c20);
            c30 = Vector512.FusedMultiplyAdd(Vector512.Create(a[3]), b0, c30);
            c40 = Vector512.FusedMultiplyAdd(Vector512.Create(a[4]), b0, c40);
            c50 = Vector512.FusedMultiplyAdd(Vector512.Create(a[5]), b0, c50);
            c60 = Vector512.FusedMultiplyAdd(Vector512.Create(a[6]), b0, c60);
            c70 = Vector512.FusedMultiplyAdd(Vector512.Create(a[7]), b0, c70);
            a += aStep;
            b += bStep;
        }

        if (bias != null)
        {
            Vector512<float> d0 = Vector512.Load(bias);
            c00 += d0;
            c10 += d0;
            c20 += d0;
            c30 += d0;
            c40 += d0;
            c50 += d0;
            c60 += d0;
            c70 += d0;
        }

        c00.Store(c + (0 * cStep));
        c10.Store(c + (1 * cStep));
        c20.Store(c + (2 * cStep));
        c30.Store(c + (3 * cStep));
        c40.Store(c + (4 * cStep));
        c50.Store(c + (5 * cStep));
        c60.Store(c + (6 * cStep));
        c70.Store(c + (7 * cStep));
    }
}
