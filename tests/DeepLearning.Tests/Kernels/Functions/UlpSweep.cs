using System.Runtime.Intrinsics;

namespace DeepLearning.Tests.Kernels;

/// <summary>Goes over the floats by their bits, all or every so-manieth, on all cores.</summary>
internal static class UlpSweep
{
    private const int Parts = 256;

    /// <summary>The worst error against the oracle, and the argument where it is.</summary>
    public static (double Error, float At) Worst(ElementaryFunction function, long stride)
        => OfParts(function, stride, (error: 0.0, at: 0f), (worst, x, y) =>
        {
            for (int i = 0; i < x.Length; i++)
            {
                double error = ElementaryFunction.UlpError(y[i], function.Oracle(x[i]));
                if (error > worst.error) worst = (error, x[i]);
            }

            return worst;
        }).MaxBy(part => part.error);

    /// <summary>A number over the bits of all results (FNV-1a), to compare two processes by.</summary>
    public static ulong Hash(ElementaryFunction function, long stride)
    {
        const ulong Start = 14695981039346656037, Prime = 1099511628211;
        return OfParts(function, stride, Start, (hash, _, y) =>
        {
            foreach (float value in y) hash = (hash ^ BitConverter.SingleToUInt32Bits(value)) * Prime;
            return hash;
        }).Aggregate(Start, (hash, part) => (hash ^ part) * Prime);
    }

    private static T[] OfParts<T>(ElementaryFunction function, long stride, T start, Func<T, float[], float[], T> add)
    {
        const long Span = (1L << 32) / Parts;
        var results = new T[Parts];
        Parallel.For(0, Parts, part =>
        {
            float[] x = new float[16], y = new float[16];
            T result = start;
            long first = (part * Span + stride - 1) / stride * stride, end = (part + 1) * Span;
            for (long bits = first; bits < end; bits += 16 * stride)
            {
                for (int i = 0; i < 16; i++) x[i] = BitConverter.UInt32BitsToSingle((uint)Math.Min(bits + i * stride, uint.MaxValue));
                function.Kernel(Vector512.Create(x)).CopyTo(y);
                result = add(result, x, y);
            }

            results[part] = result;
        });
        return results;
    }
}
