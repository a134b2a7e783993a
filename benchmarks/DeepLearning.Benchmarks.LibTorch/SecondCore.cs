using System.Diagnostics;
using DeepLearning.Kernels;

namespace DeepLearning.Benchmarks.LibTorch;

/// <summary>
/// Whether the second processor is a core of its own at this moment. A virtual machine's two processors may for seconds be the two threads of one core:
/// then a program that fills the core with one thread cannot gain from two, and figures for two threads say nothing about two cores.
/// </summary>
internal static class SecondCore
{
    private const int Runs = 4;

    /// <summary>How much two threads that only compute do, over what one does, from which they count as two cores.</summary>
    private const double Enough = 1.7;

    /// <summary>Computes on one thread, then on two, for 2 ms each.</summary>
    public static bool IsPresent()
    {
        long start = Stopwatch.GetTimestamp();
        default(Job).Execute(0);
        double one = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var job = default(Job);
        start = Stopwatch.GetTimestamp();
        WorkerPool.Run(ref job, 2);
        return 2 * one / Stopwatch.GetElapsedTime(start).TotalSeconds >= Enough;
    }

    private readonly struct Job : IParallelJob
    {
        public void Execute(int part)
        {
            for (int i = 0; i < Runs; i++) KernelPeak.Run();
        }
    }
}
