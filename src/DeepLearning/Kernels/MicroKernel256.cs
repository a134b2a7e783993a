using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>
/// 256 bits: a tile of 6 rows × 16 columns in 12 accumulators, two vectors of 8 lanes a row; lane l of vector v is column 8·v + l.
/// 12 of 16 registers hold sums, 2 the row of B, 1 the broadcast value of A.
/// There is no tail: tiles at the edge are padded by the caller.
/// </summary>
internal readonly unsafe struct MicroKernel256 : IMicroKernel
{
    public static int Rows => 6;

    public static int Columns => 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(float* a, nint aStep, float* b, nint bStep, int k, float* c, nint cStep, bool accumulate, float* bias)
    {
        Vector256<float> c00 = default, c01 = default;
        Vector256<float> c10 = default, c11 = default;
        Vector256<float> c20 = default, c21 = default;
        Vector256<float> c30 = default, c31 = default;
        Vector256<float> c40 = default, c41 = default;
        Vector256<float> c50 = default, c51 = default;
        if (accumulate)
        {
            c00 = Vector256.Load(c + (0 * cStep)); c01 = Vector256.Load(c + (0 * cStep) + 8);
            c10 = Vector256.Load(c + (1 * cStep)); c11 = Vector256.Load(c + (1 * cStep) + 8);
            c20 = Vector256.Load(c + (2 * cStep)); c21 = Vector256.Load(c + (2 * cStep) + 8);
            c30 = Vector256.Load(c + (3 * cStep)); c31 = Vector256.Load(c + (3 * cStep) + 8);
            c40 = Vector256.Load(c + (4 * cStep)); c41 = Vector256.Load(c + (4 * cStep) + 8);
            c50 = Vector256.Load(c + (5 * cStep)); c51 = Vector256.Load(c + (5 * cStep) + 8);
        }

        for (; k > 0; k--)
        {
            Vector256<float> b0 = Vector256.Load(b); Vector256<float> b1 = Vector256.Load(b + 8);
            Vector256<float> x = Vector256.Create(a[0]);
            c00 = Vector256.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(x, b1, c01);
            x = Vector256.Create(a[1]);
            c10 = Vector256.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(x, b1, c11);
            x = Vector256.Create(a[2]);
            c20 = Vector256.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(x, b1, c21);
            x = Vector256.Create(a[3]);
            c30 = Vector256.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(x, b1, c31);
            x = Vector256.Create(a[4]);
            c40 = Vector256.FusedMultiplyAdd(x, b0, c40);
            c41 = Vector256.FusedMultiplyAdd(x, b1, c41);
            x = Vector256.Create(a[5]);
            c50 = Vector256.FusedMultiplyAdd(x, b0, c50);
            c51 = Vector256.FusedMultiplyAdd(x, b1, c51);
            a += aStep;
            b += bStep;
        }

        if (bias != null)
        {
            Vector256<float> d0 = Vector256.Load(bias); Vector256<float> d1 = Vector256.Load(bias + 8);
            c00 += d0; c01 += d1;
            c10 += d0; c11 += d1;
            c20 += d0; c21 += d1;
            c30 += d0; c31 += d1;
            c40 += d0; c41 += d1;
            c50 += d0; c51 += d1;
        }

        c00.Store(c + (0 * cStep)); c01.Store(c + (0 * cStep) + 8);
        c10.Store(c + (1 * cStep)); c11.Store(c + (1 * cStep) + 8);
        c20.Store(c + (2 * cStep)); c21.Store(c + (2 * cStep) + 8);
        c30.Store(c + (3 * cStep)); c31.Store(c + (3 * cStep) + 8);
        c40.Store(c + (4 * cStep)); c41.Store(c + (4 * cStep) + 8);
        c50.Store(c + (5 * cStep)); c51.Store(c + (5 * cStep) + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyHalf(float* a, nint aStep, float* b, nint bStep, int k, float* c, nint cStep, bool accumulate, float* bias)
    {
        Vector256<float> c00 = default;
        Vector256<float> c10 = default;
        Vector256<float> c20 = default;
        Vector256<float> c30 = default;
        Vector256<float> c40 = default;
        Vector256<float> c50 = default;
        if (accumulate)
        {
            c00 = Vector256.Load(c + (0 * cStep));
            c10 = Vector256.Load(c + (1 * cStep));
            c20 = Vector256.Load(c + (2 * cStep));
            c30 = Vector256.Load(c + (3 * cStep));
            c40 = Vector256.Load(c + (4 * cStep));
            c50 = Vector256.Load(c + (5 * cStep));
        }

        for (; k > 0; k--)
        {
            Vector256<float> b0 = Vector256.Load(b);
            c00 = Vector256.FusedMultiplyAdd(Vector256.Create(a[0]), b0, c00);
            c10 = Vector256.FusedMultiplyAdd(Vector256.Create(a[1]), b0, c10);
            c20 = Vector256.FusedMultiplyAdd(Vector256.Create(a[2]), b0, c20);
            c30 = Vector256.FusedMultiplyAdd(Vector256.Create(a[3]), b0, c30);
            c40 = Vector256.FusedMultiplyAdd(Vector256.Create(a[4]), b0, c40);
            c50 = Vector256.FusedMultiplyAdd(Vector256.Create(a[5]), b0, c50);
            a += aStep;
            b += bStep;
        }

        if (bias != null)
        {
            Vector256<float> d0 = Vector256.Load(bias);
            c00 += d0;
            c10 += d0;
            c20 += d0;
            c30 += d0;
            c40 += d0;
            c50 += d0;
        }

        c00.Store(c + (0 * cStep));
        c10.Store(c + (1 * cStep));
        c20.Store(c + (2 * cStep));
        c30.Store(c + (3 * cStep));
        c40.Store(c + (4 * cStep));
        c50.Store(c + (5 * cStep));
    }
}
