namespace DeepLearning.Kernels;

/// <summary>One background thread of the pool: looks for parts, spins a little where it finds none, then sleeps.</summary>
#pragma warning disable CA1001 // A worker lives as long as the process, and so does what it sleeps on.
internal sealed class Worker(int index)
#pragma warning restore CA1001
{
    /// <summary>About 40 µs of spinning: longer than the gap between two kernels of a training step, too short to be a load.</summary>
    public const int SpinRounds = 2000;

    private readonly SemaphoreSlim wake = new(0);
    private int asleep;

    public void Start() => new Thread(Loop) { IsBackground = true, Name = $"DeepLearning worker {index}" }.Start();

    /// <summary>Whoever turns <c>asleep</c> from 1 to 0 owes the permit, so there is always exactly one.</summary>
    public void WakeIfAsleep()
    {
        if (Volatile.Read(ref asleep) == 1 && Interlocked.Exchange(ref asleep, 0) == 1) wake.Release();
    }

    private void Loop()
    {
        // More threads than cores: those without a core of their own would spin at the cost of one that works.
        int spinRounds = index < Environment.ProcessorCount ? SpinRounds : 0;
        while (true)
        {
            if (WorkerPool.TakeParts(index)) continue;
            if (SpinUntilParts(spinRounds)) continue;
            Interlocked.Exchange(ref asleep, 1);
            if (!WorkerPool.HasParts(index) || Interlocked.Exchange(ref asleep, 0) == 0) wake.Wait();
        }
    }

    private bool SpinUntilParts(int rounds)
    {
        for (int i = 0; i < rounds; i++)
        {
            if (WorkerPool.HasParts(index)) return true;
            Thread.SpinWait(1);
        }

        return false;
    }
}
