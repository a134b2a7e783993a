using System.Runtime.CompilerServices;

namespace DeepLearning.Kernels;

/// <summary>
/// The tile of <see cref="IMicroKernel"/> at any width: <see cref="ILanes{V}.TileRows"/> rows × two vectors, every sum in its own register;
/// lane l of vector v is column v·lanes + l. There is no tail: tiles at the edge are padded by the caller.
/// The variables of rows 6 and 7 vanish where the tile has 6 rows, since the number is a constant to the compiler.
/// </summary>
internal readonly unsafe struct MicroKernel<TLanes, V> : IMicroKernel where TLanes : struct, ILanes<V> where V : struct
{
    public static int Rows => TLanes.TileRows;

    public static int Columns => 2 * TLanes.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(float* a, nint aStep, float* b, nint bStep, int k, float* c, nint cStep, bool accumulate, float* bias)
    {
        V c00 = default, c10 = default, c20 = default, c30 = default, c40 = default, c50 = default, c60 = default, c70 = default;
        V c01 = default, c11 = default, c21 = default, c31 = default, c41 = default, c51 = default, c61 = default, c71 = default;
        if (accumulate)
        {
            (c00, c01) = (TLanes.Load(c + (0 * cStep)), TLanes.Load(c + (0 * cStep) + TLanes.Count));
            (c10, c11) = (TLanes.Load(c + (1 * cStep)), TLanes.Load(c + (1 * cStep) + TLanes.Count));
            (c20, c21) = (TLanes.Load(c + (2 * cStep)), TLanes.Load(c + (2 * cStep) + TLanes.Count));
            (c30, c31) = (TLanes.Load(c + (3 * cStep)), TLanes.Load(c + (3 * cStep) + TLanes.Count));
            (c40, c41) = (TLanes.Load(c + (4 * cStep)), TLanes.Load(c + (4 * cStep) + TLanes.Count));
            (c50, c51) = (TLanes.Load(c + (5 * cStep)), TLanes.Load(c + (5 * cStep) + TLanes.Count));
            if (TLanes.TileRows > 6)
            {
                (c60, c61) = (TLanes.Load(c + (6 * cStep)), TLanes.Load(c + (6 * cStep) + TLanes.Count));
                (c70, c71) = (TLanes.Load(c + (7 * cStep)), TLanes.Load(c + (7 * cStep) + TLanes.Count));
            }
        }

        for (; k > 0; k--)
        {
            V b0 = TLanes.Load(b), b1 = TLanes.Load(b + TLanes.Count);
            V x = TLanes.Broadcast(a[0]);
            c00 = TLanes.MultiplyAdd(x, b0, c00);
            c01 = TLanes.MultiplyAdd(x, b1, c01);
            x = TLanes.Broadcast(a[1]);
            c10 = TLanes.MultiplyAdd(x, b0, c10);
            c11 = TLanes.MultiplyAdd(x, b1, c11);
            x = TLanes.Broadcast(a[2]);
            c20 = TLanes.MultiplyAdd(x, b0, c20);
            c21 = TLanes.MultiplyAdd(x, b1, c21);
            x = TLanes.Broadcast(a[3]);
            c30 = TLanes.MultiplyAdd(x, b0, c30);
            c31 = TLanes.MultiplyAdd(x, b1, c31);
            x = TLanes.Broadcast(a[4]);
            c40 = TLanes.MultiplyAdd(x, b0, c40);
            c41 = TLanes.MultiplyAdd(x, b1, c41);
            x = TLanes.Broadcast(a[5]);
            c50 = TLanes.MultiplyAdd(x, b0, c50);
            c51 = TLanes.MultiplyAdd(x, b1, c51);
            if (TLanes.TileRows > 6)
            {
                x = TLanes.Broadcast(a[6]);
                c60 = TLanes.MultiplyAdd(x, b0, c60);
                c61 = TLanes.MultiplyAdd(x, b1, c61);
                x = TLanes.Broadcast(a[7]);
                c70 = TLanes.MultiplyAdd(x, b0, c70);
                c71 = TLanes.MultiplyAdd(x, b1, c71);
            }

            a += aStep;
            b += bStep;
        }

        if (bias != null)
        {
            V d0 = TLanes.Load(bias), d1 = TLanes.Load(bias + TLanes.Count);
            (c00, c01) = (TLanes.Add(c00, d0), TLanes.Add(c01, d1));
            (c10, c11) = (TLanes.Add(c10, d0), TLanes.Add(c11, d1));
            (c20, c21) = (TLanes.Add(c20, d0), TLanes.Add(c21, d1));
            (c30, c31) = (TLanes.Add(c30, d0), TLanes.Add(c31, d1));
            (c40, c41) = (TLanes.Add(c40, d0), TLanes.Add(c41, d1));
            (c50, c51) = (TLanes.Add(c50, d0), TLanes.Add(c51, d1));
            if (TLanes.TileRows > 6)
            {
                (c60, c61) = (TLanes.Add(c60, d0), TLanes.Add(c61, d1));
                (c70, c71) = (TLanes.Add(c70, d0), TLanes.Add(c71, d1));
            }
        }

        TLanes.Store(c00, c + (0 * cStep));
        TLanes.Store(c01, c + (0 * cStep) + TLanes.Count);
        TLanes.Store(c10, c + (1 * cStep));
        TLanes.Store(c11, c + (1 * cStep) + TLanes.Count);
        TLanes.Store(c20, c + (2 * cStep));
        TLanes.Store(c21, c + (2 * cStep) + TLanes.Count);
        TLanes.Store(c30, c + (3 * cStep));
        TLanes.Store(c31, c + (3 * cStep) + TLanes.Count);
        TLanes.Store(c40, c + (4 * cStep));
        TLanes.Store(c41, c + (4 * cStep) + TLanes.Count);
        TLanes.Store(c50, c + (5 * cStep));
        TLanes.Store(c51, c + (5 * cStep) + TLanes.Count);
        if (TLanes.TileRows > 6)
        {
            TLanes.Store(c60, c + (6 * cStep));
            TLanes.Store(c61, c + (6 * cStep) + TLanes.Count);
            TLanes.Store(c70, c + (7 * cStep));
            TLanes.Store(c71, c + (7 * cStep) + TLanes.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyHalf(float* a, nint aStep, float* b, nint bStep, int k, float* c, nint cStep, bool accumulate, float* bias)
    {
        V c00 = default, c10 = default, c20 = default, c30 = default, c40 = default, c50 = default, c60 = default, c70 = default;
        if (accumulate)
        {
            c00 = TLanes.Load(c + (0 * cStep));
            c10 = TLanes.Load(c + (1 * cStep));
            c20 = TLanes.Load(c + (2 * cStep));
            c30 = TLanes.Load(c + (3 * cStep));
            c40 = TLanes.Load(c + (4 * cStep));
            c50 = TLanes.Load(c + (5 * cStep));
            if (TLanes.TileRows > 6)
            {
                c60 = TLanes.Load(c + (6 * cStep));
                c70 = TLanes.Load(c + (7 * cStep));
            }
        }

        for (; k > 0; k--)
        {
            V b0 = TLanes.Load(b);
            c00 = TLanes.MultiplyAdd(TLanes.Broadcast(a[0]), b0, c00);
            c10 = TLanes.MultiplyAdd(TLanes.Broadcast(a[1]), b0, c10);
            c20 = TLanes.MultiplyAdd(TLanes.Broadcast(a[2]), b0, c20);
            c30 = TLanes.MultiplyAdd(TLanes.Broadcast(a[3]), b0, c30);
            c40 = TLanes.MultiplyAdd(TLanes.Broadcast(a[4]), b0, c40);
            c50 = TLanes.MultiplyAdd(TLanes.Broadcast(a[5]), b0, c50);
            if (TLanes.TileRows > 6)
            {
                c60 = TLanes.MultiplyAdd(TLanes.Broadcast(a[6]), b0, c60);
                c70 = TLanes.MultiplyAdd(TLanes.Broadcast(a[7]), b0, c70);
            }

            a += aStep;
            b += bStep;
        }

        if (bias != null)
        {
            V d0 = TLanes.Load(bias);
            c00 = TLanes.Add(c00, d0);
            c10 = TLanes.Add(c10, d0);
            c20 = TLanes.Add(c20, d0);
            c30 = TLanes.Add(c30, d0);
            c40 = TLanes.Add(c40, d0);
            c50 = TLanes.Add(c50, d0);
            if (TLanes.TileRows > 6)
            {
                c60 = TLanes.Add(c60, d0);
                c70 = TLanes.Add(c70, d0);
            }
        }

        TLanes.Store(c00, c + (0 * cStep));
        TLanes.Store(c10, c + (1 * cStep));
        TLanes.Store(c20, c + (2 * cStep));
        TLanes.Store(c30, c + (3 * cStep));
        TLanes.Store(c40, c + (4 * cStep));
        TLanes.Store(c50, c + (5 * cStep));
        if (TLanes.TileRows > 6)
        {
            TLanes.Store(c60, c + (6 * cStep));
            TLanes.Store(c70, c + (7 * cStep));
        }
    }
}
