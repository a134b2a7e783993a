using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <content>
/// From words to numbers: 64 words, word v of counter l at place 16·v + l, give 64 elements at the same places, lane l of vector v. Uniform: <c>u[i] = ⌊w[i] /
/// 2⁸⌋ / 2²⁴</c>. Mask: <c>u[i] &lt; rate ? 0 : 1 / (1 − rate)</c>. Normal: Box and Muller's pairs, as <see cref="FillNormal"/> says. The tail computes all 64
/// and stores what fits.
/// </content>
internal readonly partial struct Philox
{
    /// <summary>Elements below which a second thread costs more than it brings.</summary>
    private const int SmallestChunk = 16 * 1024;

    private interface IFill
    {
        /// <summary>Elements 0–15, 16–31, 32–47 and 48–63 from the words at the same places.</summary>
        (Vector512<float> A, Vector512<float> B, Vector512<float> C, Vector512<float> D) Convert(
            Vector512<uint> x0, Vector512<uint> x1, Vector512<uint> x2, Vector512<uint> x3);
    }

    private unsafe void Fill<TFill>(TFill fill, Span<float> result) where TFill : struct, IFill
    {
        fixed (float* r = result)
        {
            var chunks = new Chunks(result.Length, SmallestChunk, 64);
            var job = new FillJob<TFill>(this, fill, r, chunks);
            chunks.Run(ref job);
        }
    }

    private readonly unsafe struct FillJob<TFill>(Philox philox, TFill fill, float* result, Chunks chunks) : IParallelJob where TFill : struct, IFill
    {
        public void Execute(int part)
        {
            (nint start, nint end) = chunks[part];
            nint i = start;
            for (; i <= end - 64; i += 64)
            {
                (Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d) = Elements(i);
                a.Store(result + i);
                b.Store(result + i + 16);
                c.Store(result + i + 32);
                d.Store(result + i + 48);
            }

            if (i < end)
            {
                (Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d) = Elements(i);
                StoreSome(a, i, end);
                StoreSome(b, i + 16, end);
                StoreSome(c, i + 32, end);
                StoreSome(d, i + 48, end);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private (Vector512<float> A, Vector512<float> B, Vector512<float> C, Vector512<float> D) Elements(nint i)
        {
            philox.Sixteen((ulong)i / 4, out Vector512<uint> x0, out Vector512<uint> x1, out Vector512<uint> x2, out Vector512<uint> x3);
            return fill.Convert(x0, x1, x2, x3);
        }

        private void StoreSome(Vector512<float> value, nint at, nint end)
        {
            if (at < end) Lanes.Store(value, result + at, Math.Min(Lanes.Count, end - at));
        }
    }

    private readonly struct UniformFill : IFill
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public (Vector512<float> A, Vector512<float> B, Vector512<float> C, Vector512<float> D) Convert(
            Vector512<uint> x0, Vector512<uint> x1, Vector512<uint> x2, Vector512<uint> x3) => (Uniform(x0), Uniform(x1), Uniform(x2), Uniform(x3));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<float> Uniform(Vector512<uint> x) => Vector512.ConvertToSingle((x >> 8).AsInt32()) * Vector512.Create(1f / (1 << 24));
    }

    /// <summary>Compares the 24 bits as integers: u &lt; rate is k &lt; ⌈rate·2²⁴⌉.</summary>
    private readonly struct MaskFill(float rate) : IFill
    {
        private readonly int threshold = (int)MathF.Ceiling(rate * (1 << 24));
        private readonly float keep = 1f / (1f - rate);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public (Vector512<float> A, Vector512<float> B, Vector512<float> C, Vector512<float> D) Convert(
            Vector512<uint> x0, Vector512<uint> x1, Vector512<uint> x2, Vector512<uint> x3) => (Mask(x0), Mask(x1), Mask(x2), Mask(x3));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector512<float> Mask(Vector512<uint> x)
            => Vector512.GreaterThanOrEqual((x >> 8).AsInt32(), Vector512.Create(threshold)).AsSingle() & Vector512.Create(keep);
    }

    private readonly struct NormalFill : IFill
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public (Vector512<float> A, Vector512<float> B, Vector512<float> C, Vector512<float> D) Convert(
            Vector512<uint> x0, Vector512<uint> x1, Vector512<uint> x2, Vector512<uint> x3)
        {
            Vector512<float> r = Radius(x0), s = Radius(x2);
            return (r * VectorMath.CosTurn(x1), r * VectorMath.SinTurn(x1), s * VectorMath.CosTurn(x3), s * VectorMath.SinTurn(x3));
        }

        /// <summary>√(−2·log u), u from 31 bits and half a step, so that it is never 0 and the largest radius is 6.66.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<float> Radius(Vector512<uint> x)
        {
            Vector512<float> u = Vector512.FusedMultiplyAdd(
                Vector512.ConvertToSingle((x >> 1).AsInt32()), Vector512.Create(1f / 2147483648f), Vector512.Create(1f / 4294967296f));
            return Vector512.Sqrt(VectorMath.Log(u) * Vector512.Create(-2f));
        }
    }
}
