using System.Runtime.ExceptionServices;

namespace DeepLearning;

/// <summary>
/// A thread that reads batches ahead. It copies each into the next slot of a ring, and waits while no slot is free: neither a waiting batch nor the current one
/// is ever written to.
/// </summary>
internal sealed class BatchReader : IDisposable
{
    private readonly Func<CancellationToken, IEnumerable<Batch>> batches;
    private readonly Batch?[] ring;
    private readonly bool recycles;
    private readonly CancellationToken cancellation;
    private readonly CancellationTokenSource stop;
    private readonly SemaphoreSlim free, filled = new(0);
    private readonly Thread thread;
    private ExceptionDispatchInfo? failure;
    private long written, taken;

    /// <summary>Starts reading.</summary>
    /// <param name="batches">Gives the batches until its token is cancelled; called on the thread.</param>
    /// <param name="ring">A slot for each waiting batch, and one for the current batch.</param>
    /// <param name="recycles">Whether slots are overwritten; otherwise each batch may be kept.</param>
    /// <param name="cancellation">Ends the waiting for a batch.</param>
    public BatchReader(Func<CancellationToken, IEnumerable<Batch>> batches, Batch?[] ring, bool recycles, CancellationToken cancellation)
    {
        (this.batches, this.ring, this.recycles, this.cancellation) = (batches, ring, recycles, cancellation);
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        free = new SemaphoreSlim(ring.Length);
        thread = new Thread(Read) { IsBackground = true, Name = "DeepLearning prefetch" };
        thread.Start();
    }

    /// <summary>The current batch, until the next is requested. Null if the source gave null.</summary>
    public Batch? Current { get; private set; }

    /// <summary>Waits for the next batch; false if there are no more.</summary>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public bool MoveNext()
    {
        if (taken > 0) free.Release();
        filled.Wait(cancellation);
        if (taken == Volatile.Read(ref written))
        {
            failure?.Throw();
            return false;
        }

        Current = ring[taken++ % ring.Length];
        return true;
    }

    /// <summary>Stops the thread, and waits until the source has released its resources.</summary>
    public void Dispose()
    {
        stop.Cancel();
        thread.Join();
        stop.Dispose();
        free.Dispose();
        filled.Dispose();
    }

    private void Read()
    {
        try
        {
            using IEnumerator<Batch> reading = batches(stop.Token).GetEnumerator();
            while (true)
            {
                free.Wait(stop.Token);
                if (!reading.MoveNext()) break;
                ref Batch? place = ref ring[written % ring.Length];
                place = reading.Current?.Copy(recycles ? place : null);
                Volatile.Write(ref written, written + 1);
                filled.Release();
            }
        }
        catch (Exception e)
        {
            // Thrown when the batch in its place is requested; if it never is, reading ended before.
            failure = ExceptionDispatchInfo.Capture(e);
        }

        filled.Release();
    }
}
