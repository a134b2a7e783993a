using System.Diagnostics;

namespace DeepLearning.Benchmarks.LibTorch;

/// <summary>The medians of two ways to do the same, in seconds.</summary>
internal readonly record struct Medians(double Ours, double Theirs)
{
    public double Ratio => Theirs / Ours;
}

/// <summary>
/// Times two actions by turns, so that whatever else slows the machine down hits both. Before each turn the other library's threads get time
/// to stop spinning, and one call warms the caches up.
/// </summary>
internal static class Interleaved
{
    private const double SecondsOfTurn = 0.01;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    /// <summary>Measures for about this many seconds each, in at least five turns.</summary>
    public static Medians Measure(Action ours, Action theirs, double seconds)
    {
        (Sampler first, Sampler second) = (new Sampler(ours), new Sampler(theirs));
        for (int turn = 0; turn < 5 || first.Total + second.Total < 2 * seconds; turn++)
        {
            first.Turn();
            second.Turn();
        }

        return new Medians(first.Median, second.Median);
    }

    private sealed class Sampler
    {
        private readonly Action action;
        private readonly int calls;
        private readonly List<double> samples = [];

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

        public double Total { get; private set; }

        public double Median
        {
            get
            {
                samples.Sort();
                return samples[samples.Count / 2];
            }
        }

        public void Turn()
        {
            Thread.Sleep(Pause);
            action();
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < calls; i++) action();
            double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
            samples.Add(elapsed / calls);
            Total += elapsed;
        }
    }
}
