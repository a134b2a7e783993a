using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepLearning.Kernels;

/// <summary>
/// What the threads of the pool share; the words that many threads write are on their own cache lines. It refers to no object: the runtime keeps the
/// order of the fields only then.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PoolState
{
    /// <summary>1 while a job runs.</summary>
    public int Busy;
    private Line line0;

    /// <summary>High half: the number of the job. Low half: its next free part.</summary>
    public long Ticket;
    private Line line1;

    public void* Job;
    public delegate*<void*, int, void> Execute;
    public int Parts;

    /// <summary>Workers numbered from this on stay out of the job.</summary>
    public int Threads;
    private Line line2;

    public int Completed;

    /// <summary>1 while the caller sleeps until the last part is done; the thread that sets it to 0 owes it a permit.</summary>
    public int CallerWaits;
    private Line line3;

    /// <summary>Threads that found the pool busy and run their jobs alone. Nobody writes it while there is one caller: all cores keep a copy.</summary>
    public int Alone;

    [InlineArray(128)]
    private struct Line
    {
        private byte first;
    }
}
