using System.Diagnostics;

namespace DeepLearning.Benchmarks.LibTorch;

/// <summary>The medians of two ways to do the same, in seconds, and the share of the turns that had the cores they asked for.</summary>
internal readonly record struct Medians(double Ours, double Theirs, double ShareWithCores)
{
    public double Ratio => Theirs / Ours;
}

/// <summary>
/// Times two actions by turns, so that whatever else slows the machine down hits both. Before each turn the other library's threads get time
/// to go to sleep, and one call warms the caches up.
/// </summary>
internal static class Interleaved
{
    private const double SecondsOfTurn = 0.03;
    private const int FewestTurns = 5;

    /// <summary>libtorch's threads go on spinning for 10 to 40 ms after their work, on the core that ours need.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60);

    /// <summary>
    /// Measures for about this many seconds each. At two threads only the turns count in which the second processor was a core of its own, before and after;
    /// where that stays rare for five times as long, all turns count, and the result says so.
    /// </summary>
    public static Medians Measure(Action ours, Action theirs, double seconds, int threads)
    {
        (Sampler first, Sampler second) = (new Sampler(ours), new Sampler(theirs));
        var withCores = new List<(double Ours, double Theirs)>();
        var all = new List<(double Ours, double Theirs)>();
        long start = Stopwatch.GetTimestamp();
        double counted = 0;
        while (counted < 2 * seconds || withCores.Count < FewestTurns)
        {
            if (Stopwatch.GetElapsedTime(start).TotalSeconds > 10 * seconds && all.Count >= FewestTurns) break;
            if (threads > 1) Thread.Sleep(Pause);
            bool before = threads == 1 || SecondCore.IsPresent();
            double our = first.Turn();
            bool between = threads == 1 || SecondCore.IsPresent();
            double their = second.Turn();
            all.Add((our, their));
            if (threads > 1) Thread.Sleep(Pause);
            if (!before || !between || (threads > 1 && !SecondCore.IsPresent())) continue;
            withCores.Add((our, their));
            counted += first.SecondsOf(our) + second.SecondsOf(their);
        }

        List<(double Ours, double Theirs)> kept = withCores.Count >= FewestTurns ? withCores : all;
        return new Medians(Median(kept.Select(k => k.Ours)), Median(kept.Select(k => k.Theirs)), (double)withCores.Count / all.Count);
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private sealed class Sampler
    {
        private readonly Action action;
        private readonly int calls;

        public Sampler(Action action)
        {
            this.action = action;
            long start = Stopwatch.GetTimestamp();
            int warm = 0;
            // Long enough for the JIT to replace its first code by its best.
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < 0.4 || warm < 3)
            {
                action();
                warm++;
            }

            start = Stopwatch.GetTimestamp();
            int timed = Math.Max(1, warm / 8);
            for (int i = 0; i < timed; i++) action();
            calls = Math.Max(1, (int)(SecondsOfTurn * timed / Stopwatch.GetElapsedTime(start).TotalSeconds));
        }

        /// <summary>Seconds of one call, over a turn.</summary>
        public double Turn()
        {
            action();
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < calls; i++) action();
            return Stopwatch.GetElapsedTime(start).TotalSeconds / calls;
        }

        public double SecondsOf(double call) => call * calls;
    }
}
