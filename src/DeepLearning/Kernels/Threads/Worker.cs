using System.Diagnostics;

namespace DeepLearning.Kernels;

/// <summary>One background thread of the pool: looks for parts, spins a little where it finds none, then sleeps.</summary>
#pragma warning disable CA1001 // A worker lives as long as the process, and so does what it sleeps on.
internal sealed class Worker(int index)
#pragma warning restore CA1001
{
    /// <summary>40 µs of spinning: longer than the gap between two kernels of a training step, too short to be a load.</summary>
    private static readonly long SpinTicks = Stopwatch.Frequency / 25_000;

    private readonly SemaphoreSlim wake = new(0);
    private int asleep;

    /// <summary>When a thread that starts to spin now should go to sleep.</summary>
    public static long SpinDeadline => Stopwatch.GetTimestamp() + SpinTicks;

    /// <summary>
    /// Starts a thread, without the context of the caller who happens to be the first. Replaced only by tests, since no system refuses threads on demand.
    /// </summary>
    public static Action<Thread> Launch { get; set; } = static thread => thread.UnsafeStart();

    public void Start() => Launch(new Thread(Loop) { IsBackground = true, Name = $"DeepLearning worker {index}" });

    /// <summary>Whoever turns <c>asleep</c> from 1 to 0 owes the permit, so there is always exactly one.</summary>
    public void WakeIfAsleep()
    {
        if (Volatile.Read(ref asleep) != 1 || Interlocked.Exchange(ref asleep, 0) != 1) return;
        try
        {
            wake.Release();
        }
        catch
        {
            // An interrupt: no permit was given, so the next job still owes one.
            Volatile.Write(ref asleep, 1);
            throw;
        }
    }

    private void Loop()
    {
        // More threads than cores: those without their own core would spin at the cost of one that works.
        bool spins = index < Environment.ProcessorCount;
        while (true)
        {
            if (WorkerPool.TakeParts(index)) continue;
            if (spins && SpinUntilParts()) continue;
            Interlocked.Exchange(ref asleep, 1);
            if (!WorkerPool.HasParts(index) || Interlocked.Exchange(ref asleep, 0) == 0) Sleep();
        }
    }

    private void Sleep()
    {
        try
        {
            wake.Wait();
        }
        catch (OutOfMemoryException)
        {
            // A worker without the memory to sleep looks for parts instead; the permit it did not take wakes it once for nothing.
        }
    }

    private bool SpinUntilParts()
    {
        long deadline = SpinDeadline;
        do
        {
            if (WorkerPool.HasParts(index)) return true;
            if (WorkerPool.StandsAside(index)) return false;
            Thread.SpinWait(1);
        }
        while (Stopwatch.GetTimestamp() < deadline);

        return false;
    }
}
