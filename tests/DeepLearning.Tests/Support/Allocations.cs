using System.Runtime;

namespace DeepLearning.Tests.Support;

/// <summary>
/// Bytes that an action allocates on the calling thread. Three things would spoil the count:
/// a background collection, on whatever thread, counts what is left of this thread's allocation area, up to 8 KB, as allocated: the test projects switch
/// such collections off;
/// the runtime now and then allocates for code that runs or waits for the first time, or that is compiled anew: the least of several repetitions counts, since
/// what our code allocates, it allocates in each;
/// what the runtime keeps only until the next collection, as the name of a class, is allocated again only after one: each repetition begins with one.
/// </summary>
internal static class Allocations
{
    private const int Repetitions = 5;

    /// <summary>The least of several runs of an action that has run before.</summary>
    public static long Least(Action action) => Least(() => Of(action));

    /// <summary>The least of several measurements, for an action that is prepared each time: it calls <see cref="Of"/>.</summary>
    public static long Least(Func<long> measurement)
    {
        long least = long.MaxValue;
        for (int i = 0; i < Repetitions && least != 0; i++) least = Math.Min(least, measurement());
        return least;
    }

    /// <summary>One run, which may contain what the runtime allocates.</summary>
    public static long Of(Action action)
    {
        Collect();
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Makes the runtime forget what it keeps only until a collection.</summary>
    public static void Collect()
    {
        GCSettings.LatencyMode.Should().Be(GCLatencyMode.Batch, "background collections spoil the count");
        GC.Collect();
    }
}
