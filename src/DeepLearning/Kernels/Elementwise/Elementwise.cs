using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>
/// The loops behind every elementwise operation: <c>for each i: result[i] (+)= f(x[i], …)</c>, 16 lanes at a time (lane l of a step at i is element i + l),
/// the tail through a padded vector, so that a value's result never depends on where it stands. Long spans are split over the worker pool. The result may be
/// one of the inputs itself; any other overlap is undefined.
/// </summary>
internal static unsafe partial class Elementwise
{
    /// <summary>Elements below which a second thread is taken to cost more than it brings: a fraction of a microsecond of additions.</summary>
    private const int SmallestChunk = 16 * 1024;

    /// <summary>What happens to a value at its place: it replaces what was there, or is added to it.</summary>
    private interface IStore
    {
        static abstract void Write(Vector512<float> value, float* at);

        static abstract void Write(Vector512<float> value, float* at, nint count);
    }

    private readonly struct Replace : IStore
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Write(Vector512<float> value, float* at) => value.Store(at);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Write(Vector512<float> value, float* at, nint count) => Lanes.Store(value, at, count);
    }

    private readonly struct Add : IStore
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Write(Vector512<float> value, float* at) => (Vector512.Load(at) + value).Store(at);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Write(Vector512<float> value, float* at, nint count)
            => Lanes.Store(Lanes.Load(at, count) + value, at, count);
    }
}
