using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace DeepLearning;

/// <summary>Runs the trials of one round, several at once if wanted, and records each as it ends.</summary>
internal sealed class TrialRound(HyperparameterSearch search, Func<Trial, double> objective, SearchLog? log, CancellationToken cancellation)
{
    private readonly Lock recording = new();
    private volatile ExceptionDispatchInfo? failure;

    /// <summary>The results in the order of the plans, whichever ended first.</summary>
    public TrialResult[] Run(IReadOnlyList<TrialPlan> plans)
    {
        var results = new TrialResult[plans.Count];
        int next = -1;
        if (search.ParallelTrials == 1 || plans.Count == 1) Work();
        else RunThreads(Math.Min(search.ParallelTrials, plans.Count));
        failure?.Throw();
        cancellation.ThrowIfCancellationRequested();
        return results;

        void Work()
        {
            for (int i; failure is null && !cancellation.IsCancellationRequested && (i = Interlocked.Increment(ref next)) < plans.Count;)
            {
                try
                {
                    results[i] = log?.Find(plans[i]) ?? RunOne(plans[i]);
                }
#pragma warning disable CA1031 // Rethrown by the caller's thread when the other trials have ended.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    failure = ExceptionDispatchInfo.Capture(e);
                }
            }
        }

        void RunThreads(int count)
        {
            var threads = new Thread[count];
            for (int t = 0; t < count; t++)
            {
                threads[t] = new Thread(Work) { Name = $"trial {t}", IsBackground = true };
                threads[t].Start();
            }

            foreach (Thread thread in threads) thread.Join();
        }
    }

    private TrialResult RunOne(TrialPlan plan)
    {
        string? folder = search.Folder is null ? null : Path.Combine(search.Folder, FormattableString.Invariant($"trial-{plan.Number}"));
        var trial = new Trial(search.Space, plan.Number, plan.Point, plan.Epochs, search.SeedOf(plan.Number), folder, cancellation);
        long start = Stopwatch.GetTimestamp();
        double value;
        try
        {
            value = objective(trial);
        }
        catch (TrainingDivergedException)
        {
            value = double.NaN;
        }

        var result = new TrialResult(
            search.Space, plan.Number, plan.Point, plan.Epochs, double.IsFinite(value) ? value : double.NaN, Stopwatch.GetElapsedTime(start).TotalSeconds);
        lock (recording) log?.Append(result);
        return result;
    }
}
