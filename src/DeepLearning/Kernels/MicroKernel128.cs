using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>
/// 128 bits: a tile of 8 rows × 8 columns in 16 accumulators, two vectors of 4 lanes a row; lane l of vector v is column 4·v + l.
/// Meant for Arm's 32 registers, of which 16 hold sums.
/// There is no tail: tiles at the edge are padded by the caller.
/// </summary>
internal readonly unsafe struct MicroKernel128 : IMicroKernel
{
    public static int Rows => 8;

    public static int Columns => 8;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(float* a, nint aStep, float* b, nint bStep, int k, float* c, nint cStep, bool accumulate, float* bias)
    {
        Vector128<float> c00 = default, c01 = default;
        Vector128<float> c10 = default, c11 = default;
        Vector128<float> c20 = default, c21 = default;
        Vector128<float> c30 = default, c31 = default;
        Vector128<float> c40 = default, c41 = default;
        Vector128<float> c50 = default, c51 = default;
        Vector128<float> c60 = default, c61 = default;
        Vector128<float> c70 = default, c71 = default;
        if (accumulate)
        {
            c00 = Vector128.Load(c + (0 * cStep)); c01 = Vector128.Load(c + (0 * cStep) + 4);
            c10 = Vector128.Load(c + (1 * cStep)); c11 = Vector128.Load(c + (1 * cStep) + 4);
            c20 = Vector128.Load(c + (2 * cStep)); c21 = Vector128.Load(c + (2 * cStep) + 4);
            c30 = Vector128.Load(c + (3 * cStep)); c31 = Vector128.Load(c + (3 * cStep) + 4);
            c40 = Vector128.Load(c + (4 * cStep)); c41 = Vector128.Load(c + (4 * cStep) + 4);
            c50 = Vector128.Load(c + (5 * cStep)); c51 = Vector128.Load(c + (5 * cStep) + 4);
            c60 = Vector128.Load(c + (6 * cStep)); c61 = Vector128.Load(c + (6 * cStep) + 4);
            c70 = Vector128.Load(c + (7 * cStep)); c71 = Vector128.Load(c + (7 * cStep) + 4);
        }

        for (; k > 0; k--)
        {
            Vector128<float> b0 = Vector128.Load(b); Vector128<float> b1 = Vector128.Load(b + 4);
            Vector128<float> x = Vector128.Create(a[0]);
            c00 = Vector128.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector128.FusedMultiplyAdd(x, b1, c01);
            x = Vector128.Create(a[1]);
            c10 = Vector128.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector128.FusedMultiplyAdd(x, b1, c11);
            x = Vector128.Create(a[2]);
            c20 = Vector128.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector128.FusedMultiplyAdd(x, b1, c21);
            x = Vector128.Create(a[3]);
            c30 = Vector128.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector128.FusedMultiplyAdd(x, b1, c31);
            x = Vector128.Create(a[4]);
            c40 = Vector128.FusedMultiplyAdd(x, b0, c40);
            c41 = Vector128.FusedMultiplyAdd(x, b1, c41);
            x = Vector128.Create(a[5]);
            c50 = Vector128.FusedMultiplyAdd(x, b0, c50);
            c51 = Vector128.FusedMultiplyAdd(x, b1, c51);
            x = Vector128.Create(a[6]);
            c60 = Vector128.FusedMultiplyAdd(x, b0, c60);
            c61 = Vector128.FusedMultiplyAdd(x, b1, c61);
            x = Vector128.Create(a[7]);
            c70 = Vector128.FusedMultiplyAdd(x, b0, c70);
            c71 = Vector128.FusedMultiplyAdd(x, b1, c71);
            a += aStep;
            b += bStep;
        }

        if (bias != null)
        {
            Vector128<float> d0 = Vector128.Load(bias); Vector128<float> d1 = Vector128.Load(bias + 4);
            c00 += d0; c01 += d1;
            c10 += d0; c11 += d1;
            c20 += d0; c21 += d1;
            c30 += d0; c31 += d1;
            c40 += d0; c41 += d1;
            c50 += d0; c51 += d1;
            c60 += d0; c61 += d1;
            c70 += d0; c71 += d1;
        }

        c00.Store(c + (0 * cStep)); c01.Store(c + (0 * cStep) + 4);
        c10.Store(c + (1 * cStep)); c11.Store(c + (1 * cStep) + 4);
        c20.Store(c + (2 * cStep)); c21.Store(c + (2 * cStep) + 4);
        c30.Store(c + (3 * cStep)); c31.Store(c + (3 * cStep) + 4);
        c40.Store(c + (4 * cStep)); c41.Store(c + (4 * cStep) + 4);
        c50.Store(c + (5 * cStep)); c51.Store(c + (5 * cStep) + 4);
        c60.Store(c + (6 * cStep)); c61.Store(c + (6 * cStep) + 4);
        c70.Store(c + (7 * cStep)); c71.Store(c + (7 * cStep) + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyHalf(float* a, nint aStep, float* b, nint bStep, int k, float* c, nint cStep, bool accumulate, float* bias)
    {
        Vector128<float> c00 = default;
        Vector128<float> c10 = default;
        Vector128<float> c20 = default;
        Vector128<float> c30 = default;
        Vector128<float> c40 = default;
        Vector128<float> c50 = default;
        Vector128<float> c60 = default;
        Vector128<float> c70 = default;
        if (accumulate)
        {
            c00 = Vector128.Load(c + (0 * cStep));
            c10 = Vector128.Load(c + (1 * cStep));
            c20 = Vector128.Load(c + (2 * cStep));
            c30 = Vector128.Load(c + (3 * cStep));
            c40 = Vector128.Load(c + (4 * cStep));
            c50 = Vector128.Load(c + (5 * cStep));
            c60 = Vector128.Load(c + (6 * cStep));
            c70 = Vector128.Load(c + (7 * cStep));
        }

        for (; k > 0; k--)
        {
            Vector128<float> b0 = Vector128.Load(b);
            c00 = Vector128.FusedMultiplyAdd(Vector128.Create(a[0]), b0, c00);
            c10 = Vector128.FusedMultiplyAdd(Vector128.Create(a[1]), b0, c10);
            c20 = Vector128.FusedMultiplyAdd(Vector128.Create(a[2]), b0, c20);
            c30 = Vector128.FusedMultiplyAdd(Vector128.Create(a[3]), b0, c30);
            c40 = Vector128.FusedMultiplyAdd(Vector128.Create(a[4]), b0, c40);
            c50 = Vector128.FusedMultiplyAdd(Vector128.Create(a[5]), b0, c50);
            c60 = Vector128.FusedMultiplyAdd(Vector128.Create(a[6]), b0, c60);
            c70 = Vector128.FusedMultiplyAdd(Vector128.Create(a[7]), b0, c70);
            a += aStep;
            b += bStep;
        }

        if (bias != null)
        {
            Vector128<float> d0 = Vector128.Load(bias);
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
