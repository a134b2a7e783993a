namespace DeepLearning.Tests.Support;

/// <summary>The hard limit of this process's heap, where it was started with one (DOTNET_GCHeapHardLimit).</summary>
internal sealed class MemoryLimit
{
    /// <summary>Boxed beforehand, as all limits: they are needed where there is no memory for a box.</summary>
    private readonly object ample = 1UL << 30;

    private readonly List<Array> filling = new(10_000);

    /// <summary>Leaves about so many bytes beside what is in use.</summary>
    public void Leave(int bytes)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        long used = GC.GetGCMemoryInfo().TotalCommittedBytes;
        object[] tight = Limits(used), wanted = Limits(used + bytes);
        int next = 0;
        while (!TrySet(tight[next])) next++;
        // Holes among large and among pinned arrays would be used, although no limit counts them.
        Fill(1 << 17, pinned: false);
        Fill(1 << 20, pinned: true);
        Fill(1 << 14, pinned: true);
        while (!TrySet(wanted[next])) next++;
    }

    public void Lift()
    {
        filling.Clear();
        while (!TrySet(ample)) GC.Collect();
    }

    private static object[] Limits(long from) => [.. Enumerable.Range(0, 100).Select(i => (object)(ulong)(from + (i << 16)))];

    /// <summary>False if more than that is in use.</summary>
    private static bool TrySet(object bytes)
    {
        try
        {
            AppContext.SetData("GCHeapHardLimit", bytes);
            GC.RefreshMemoryLimit();
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or OutOfMemoryException)
        {
            return false;
        }
    }

    private void Fill(int size, bool pinned)
    {
        try
        {
            while (true) filling.Add(GC.AllocateUninitializedArray<byte>(size, pinned));
        }
        catch (OutOfMemoryException)
        {
        }
    }
}
