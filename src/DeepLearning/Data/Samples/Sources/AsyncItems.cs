namespace DeepLearning;

/// <summary>An asynchronous sequence, read item by item: the reader waits for each.</summary>
internal static class AsyncItems
{
    public static IEnumerable<T> Wait<T>(IAsyncEnumerable<T> items, CancellationToken cancellation)
    {
        // On the pool, so that a sequence that returns to its caller's context does not wait for the very thread that waits here.
        IAsyncEnumerator<T> reading = items.GetAsyncEnumerator(cancellation);
        try
        {
            while (Task.Run(() => reading.MoveNextAsync().AsTask(), CancellationToken.None).GetAwaiter().GetResult()) yield return reading.Current;
        }
        finally
        {
            Task.Run(() => reading.DisposeAsync().AsTask(), CancellationToken.None).GetAwaiter().GetResult();
        }
    }
}
