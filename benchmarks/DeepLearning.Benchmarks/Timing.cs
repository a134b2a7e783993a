using System.Diagnostics;

namespace DeepLearning.Benchmarks;

/// <summary>How long an action takes, for tables that compare by turns.</summary>
internal static class Timing
{
    /// <summary>Seconds of one call: as many as fill the time, after one that warms the caches.</summary>
    public static double Of(Action action, double milliseconds)
    {
        action();
        long start = Stopwatch.GetTimestamp();
        int calls = 0;
        do
        {
            action();
            calls++;
        }
        while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < milliseconds);

        return Stopwatch.GetElapsedTime(start).TotalSeconds / calls;
    }

    public static double Median(List<double> samples) => samples.Order().ElementAt(samples.Count / 2);
}
