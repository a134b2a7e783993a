using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;

namespace DeepLearning.Kernels;

/// <summary>
/// Runs the parts of a job on persistent background threads and the caller; equals the loop <c>for (part = 0; part &lt; parts; part++) job.Execute(part)</c>.
/// One job runs at a time: a caller who finds the pool busy (a nested call, another thread's job) runs all parts itself, so nothing waits on a lock. While
/// another thread does so, one worker stands aside for it, once it has ended its part, so that shared work takes no more cores than were asked for.
/// </summary>
/// <remarks>
/// A job is published by one write of <see cref="PoolState.Ticket"/>: its high half numbers the job, its low half the next free part.
/// A thread takes a part by a compare-and-swap on the whole, so a worker that comes late can neither take a part of a job that
/// is over nor is ever waited for: the caller waits for parts, not for threads.
/// </remarks>
internal static unsafe class WorkerPool
{
    /// <summary>The most threads that can be asked for.</summary>
    public const int MaxThreadCount = 1024;

    private const string Variable = "DEEPLEARNING_NUM_THREADS";

    private static readonly SemaphoreSlim Done = new(0);
    private static Worker[] workers = [];
    private static int started;
    private static volatile bool refused;
    private static PoolState state;
    private static Exception? failedPart;
    private static int threadCount;

    /// <summary>This thread is counted already: it belongs to the pool, holds it, or runs a job alone.</summary>
    [ThreadStatic]
    private static bool counted;

    /// <summary>Threads that share a job, the caller included.</summary>
    public static int ThreadCount
    {
        get
        {
            int count = Volatile.Read(ref threadCount);
            if (count != 0) return count;
            int parsed = ParseThreadCount(Environment.GetEnvironmentVariable(Variable));
            // Another thread may have set a count in between, and that one holds.
            int set = Interlocked.CompareExchange(ref threadCount, parsed, 0);
            return set != 0 ? set : parsed;
        }

        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxThreadCount);
            Volatile.Write(ref threadCount, value);
            refused = false;
        }
    }

    /// <summary>The thread count that the environment asks for; the number of processors where it is silent.</summary>
    public static int ParseThreadCount(string? value)
    {
        if (string.IsNullOrEmpty(value)) return Math.Clamp(Environment.ProcessorCount, 1, MaxThreadCount);
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 1 and <= MaxThreadCount) return count;
        throw new InvalidOperationException(
            $"The environment variable {Variable} must be a whole number from 1 to {MaxThreadCount}, but it is '{value}'.");
    }

    /// <summary>
    /// Runs parts 0 … <paramref name="parts"/>−1, each once, and returns when all are done. If parts throw, one of their
    /// exceptions is rethrown here after the others have run.
    /// </summary>
    public static void Run<TJob>(ref TJob job, int parts) where TJob : struct, IParallelJob
    {
        int threads = Math.Min(ThreadCount, parts);
        if (threads <= 1)
        {
            RunSerially(ref job, parts);
            return;
        }

        if (Interlocked.CompareExchange(ref state.Busy, 1, 0) != 0)
        {
            RunAlone(ref job, parts);
            return;
        }

        Exception? failure;
        bool countedBefore = counted;
        try
        {
            if (started < threads - 1)
            {
                if (!refused) Start(threads - 1);
                threads = Math.Min(threads, started + 1);
            }

#pragma warning disable CS8500 // Pinned here for the whole run: the collector sees what the job refers to through this frame.
            fixed (TJob* pointer = &job) failure = Share(pointer, &ExecutePart<TJob>, parts, threads);
#pragma warning restore CS8500
        }
        finally
        {
            counted = countedBefore;
            Volatile.Write(ref state.Busy, 0);
        }

        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>Takes parts of the current job until none is free. False if there was none when it came.</summary>
    internal static bool TakeParts(int worker)
    {
        bool any = false;
        counted = true;
        while (true)
        {
            long ticket = Volatile.Read(ref state.Ticket);
            int part = (int)ticket, parts = Volatile.Read(ref state.Parts);
            void* job = state.Job;
            delegate*<void*, int, void> execute = state.Execute;
            if (part >= parts || !Joins(worker)) return any;
            if (Interlocked.CompareExchange(ref state.Ticket, ticket + 1, ticket) != ticket) continue;
            any = true;
            try
            {
                execute(job, part);
            }
#pragma warning disable CA1031 // Whatever a part throws belongs to the caller and must not end a worker.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref failedPart, exception, null);
            }

            if (Interlocked.Increment(ref state.Completed) == parts && Interlocked.Exchange(ref state.CallerWaits, 0) == 1) Done.Release();
        }
    }

    /// <summary>Whether the job has a part that this worker may take.</summary>
    internal static bool HasParts(int worker)
        => (int)Volatile.Read(ref state.Ticket) < Volatile.Read(ref state.Parts) && Joins(worker);

    /// <summary>Whether a caller works alone on the core that this worker would take.</summary>
    internal static bool StandsAside(int worker)
    {
        // Never the holder of the pool: it alone is sure to end its job.
        int alone = Volatile.Read(ref state.Alone);
        return alone != 0 && worker != 0 && worker >= Volatile.Read(ref state.Threads) - alone;
    }

    private static bool Joins(int worker) => worker < Volatile.Read(ref state.Threads) && !StandsAside(worker);

    private static Exception? Share(void* job, delegate*<void*, int, void> execute, int parts, int threads)
    {
        // First a ticket with no free part: a late worker that mixes the old ticket with new fields fails its compare-and-swap.
        long generation = (Volatile.Read(ref state.Ticket) >> 32) + 1;
        Interlocked.Exchange(ref state.Ticket, (generation << 32) | int.MaxValue);
        state.Job = job;
        state.Execute = execute;
        state.Parts = parts;
        state.Threads = threads;
        failedPart = null;
        state.Completed = 0;
        Interlocked.Exchange(ref state.Ticket, generation << 32);

        try
        {
            Worker[] all = workers;
            for (int i = 0; i < threads - 1 && Joins(i + 1); i++) all[i].WakeIfAsleep();
        }
        finally
        {
            // The job is on this thread's stack: whatever happens, it is not left before its last part is done.
            TakeParts(0);
            AwaitParts(parts);
        }

        Exception? failure = failedPart;
        failedPart = null;
        return failure;
    }

    private static void AwaitParts(int parts)
    {
        if (SpinUntilCompleted(parts)) return;
        while (Volatile.Read(ref state.Completed) < parts)
        {
            Interlocked.Exchange(ref state.CallerWaits, 1);
            // If the last part ended in between and saw the flag, its permit is on the way and must be taken.
            if (Volatile.Read(ref state.Completed) < parts || Interlocked.Exchange(ref state.CallerWaits, 0) == 0) Sleep(parts);
        }
    }

    /// <summary>A permit that comes after a sleep that was broken off only wakes a later caller once for nothing.</summary>
    private static void Sleep(int parts)
    {
        try
        {
            Done.Wait();
        }
        catch
        {
            // An interrupt, or no memory to sleep.
            while (Volatile.Read(ref state.Completed) < parts) Thread.Yield();
            throw;
        }
    }

    private static bool SpinUntilCompleted(int parts)
    {
        if (Volatile.Read(ref state.Completed) >= parts) return true;
        long deadline = Worker.SpinDeadline;
        do
        {
            if (Volatile.Read(ref state.Completed) >= parts) return true;
            Thread.SpinWait(1);
        }
        while (Stopwatch.GetTimestamp() < deadline);

        return false;
    }

    /// <summary>
    /// Only ever called by the one thread that holds the pool. Where the system refuses a thread, jobs run on those that there are, and no more are asked for
    /// until the thread count is set again: to be refused at each operation would cost more than the operation.
    /// </summary>
    private static void Start(int count)
    {
        try
        {
            if (workers.Length < count)
            {
                var grown = new Worker[count];
                workers.CopyTo(grown, 0);
                for (int i = workers.Length; i < count; i++) grown[i] = new Worker(i + 1);
                workers = grown;
            }

            for (; started < count; started++) workers[started].Start();
        }
        catch (OutOfMemoryException)
        {
            refused = true;
        }
    }

    private static void RunAlone<TJob>(ref TJob job, int parts) where TJob : struct, IParallelJob
    {
        if (counted)
        {
            RunSerially(ref job, parts);
            return;
        }

        counted = true;
        Interlocked.Increment(ref state.Alone);
        try
        {
            RunSerially(ref job, parts);
        }
        finally
        {
            Interlocked.Decrement(ref state.Alone);
            counted = false;
        }
    }

    private static void RunSerially<TJob>(ref TJob job, int parts) where TJob : struct, IParallelJob
    {
        Exception? failure = null;
        for (int part = 0; part < parts; part++)
        {
            try
            {
                job.Execute(part);
            }
#pragma warning disable CA1031 // The same promise as on many threads: every part runs, then the first failure is thrown.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure ??= exception;
            }
        }

        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
    }

#pragma warning disable CS8500
    private static void ExecutePart<TJob>(void* job, int part) where TJob : struct, IParallelJob => ((TJob*)job)->Execute(part);
#pragma warning restore CS8500
}
