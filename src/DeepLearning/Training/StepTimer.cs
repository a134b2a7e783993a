using System.Diagnostics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>Times training steps and takes them back: what they change is saved before, as in a checkpoint, and restored after each trial.</summary>
internal sealed class StepTimer(Model model, Compilation compilation, TrainingStep step)
{
    private readonly Optimizer optimizer = compilation.Optimizer;
    private readonly RunningFigures means = new(compilation);

    /// <summary>The first steps make buffers, and their code may be compiled anew.</summary>
    private const int Unmeasured = 3;

    private const int MostSteps = 50;

    private static readonly TimeSpan Long = TimeSpan.FromSeconds(0.25);

    /// <summary>Runs all trials.</summary>
    /// <exception cref="InvalidOperationException">The model has weights that are not finite.</exception>
    /// <exception cref="TrainingDivergedException">A step diverged.</exception>
    public IReadOnlyList<StepTiming> Run(Dataset data, IReadOnlyList<(int BatchSize, int Threads)> trials, CancellationToken cancellation)
    {
        if (model.Values.NotFinite is { } parameter)
            throw new InvalidOperationException($"{parameter.Name} has values that are not finite: training cannot be measured with them.");
        var saved = new StateWriter();
        ModelState.Save(model, saved, optimizer.RunningAverage);
        optimizer.SaveState(saved.Part("optimizer"));
        StateReader state = saved.Read();
        int threads = WorkerPool.ThreadCount;
        var results = new List<StepTiming>();
        try
        {
            foreach ((int batchSize, int count) in trials)
            {
                WorkerPool.ThreadCount = count;
                results.Add(new StepTiming(batchSize, count, Median(data, batchSize, cancellation)));
                Restore(state);
            }
        }
        finally
        {
            WorkerPool.ThreadCount = threads;
            Restore(state);
        }

        return results;
    }

    private void Restore(StateReader state)
    {
        Action weights = ModelState.Prepare(model, state), steps = optimizer.PrepareState(model.Parameters, state.Part("optimizer"));
        weights();
        steps();
        step.ReleaseBuffers();
    }

    private TimeSpan Median(Dataset data, int batchSize, CancellationToken cancellation)
    {
        var times = new List<TimeSpan>(MostSteps);
        TimeSpan sum = TimeSpan.Zero;
        long begin = Stopwatch.GetTimestamp();
        int steps = 0;
        foreach (Batch batch in Endless(data, batchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!step.Run(batch, means, out float loss))
                throw new TrainingDivergedException(0, steps, step.PlaceOfFailure(batch), loss, "Nothing was changed.", cause: null, history: null);
            TimeSpan time = Stopwatch.GetElapsedTime(begin);
            if (++steps > Unmeasured)
            {
                times.Add(time);
                sum += time;
                if (times.Count == MostSteps || (sum >= Long && times.Count >= 3)) break;
            }

            begin = Stopwatch.GetTimestamp();
        }

        times.Sort();
        return times[times.Count / 2];
    }

    /// <summary>Full batches, shuffled as in training.</summary>
    private IEnumerable<Batch> Endless(Dataset data, int batchSize)
    {
        var batches = new RunBatches(data, batchSize, check: null);
        for (ulong epoch = 0; ; epoch++)
            foreach (Batch batch in batches.From(new EpochPosition { Shuffle = true, Random = RandomStreams.OfOrder(model.Seed, epoch) }))
                if (batch.Count == batchSize) yield return batch;
    }
}
