namespace DeepLearning.Tests.Serving;

/// <summary>64 threads predict while the model's file is replaced, again and again, by one of several: every answer must be bit for bit that of one of them.</summary>
internal static class HotSwapRun
{
    public const int Threads = 64;
    private const int Models = 4, Features = 20, Classes = 10;

    /// <summary>The callers go on until there were so many swaps, however slow the disk is.</summary>
    private const int LeastSwaps = 5;

    /// <summary>What was seen: calls at least, swaps made, answers that no model gives, calls that threw, bytes allocated by all calls.</summary>
    public sealed record Outcome(long Calls, int Swaps, int ModelsSeen, long Wrong, long Failed, long Bytes);

    public static Outcome Run(int callsPerThread)
    {
        Sequential[] models = [.. Enumerable.Range(1, Models).Select(seed => Sequential.Input(Features).Dense(32).Relu().Dense(Classes).Softmax().Build((ulong)seed))];
        string path = Path.GetTempFileName();
        models[0].Save(path);
        int swaps = 0;
        using var predictor = new ReloadingPredictor(() => Predictor.Load(path));
        // As many calls as threads may run at once, now or later; each model that comes gets the memory for as many.
        predictor.Current.WarmUp(Threads);
        var callers = new Caller[Threads];
        for (int i = 0; i < Threads; i++) callers[i] = new Caller(predictor, models, (ulong)i);
        using var start = new Barrier(Threads + 1);
        Thread[] threads = [.. callers.Select(caller => new Thread(() =>
        {
            caller.Call(3);
            start.SignalAndWait();
            caller.Measure(callsPerThread, () => Volatile.Read(ref swaps) >= LeastSwaps);
        }))];
        foreach (Thread thread in threads) thread.Start();
        start.SignalAndWait();
        long failedSwaps = 0;
        while (Array.Exists(threads, t => t.IsAlive))
        {
            models[(swaps + 1) % Models].Save(path);
            if (!predictor.Reload().Succeeded) failedSwaps++;
            Volatile.Write(ref swaps, swaps + 1);
            Thread.Yield();
        }

        foreach (Thread thread in threads) thread.Join();
        File.Delete(path);
        return new Outcome((long)Threads * callsPerThread, swaps, callers.Max(c => c.Seen.Count(s => s)), callers.Sum(c => c.Wrong),
            callers.Sum(c => c.Failed) + failedSwaps, callers.Sum(c => c.Bytes));
    }

    private sealed class Caller
    {
        private readonly IPredictor predictor;
        private readonly float[] sample, prediction = new float[Classes];
        private readonly float[][] expected;

        public Caller(IPredictor predictor, Sequential[] models, ulong seed)
        {
            this.predictor = predictor;
            Tensor x = Tensor.RandomNormal([1, Features], seed);
            sample = x.ToArray();
            expected = [.. models.Select(m => m.Predict(x).ToArray())];
            Seen = new bool[models.Length];
        }

        public bool[] Seen { get; }

        public long Wrong { get; private set; }

        public long Failed { get; private set; }

        public long Bytes { get; private set; }

        public void Measure(int calls, Func<bool> enough)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            do Call(calls);
            while (!enough());
            Bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        public void Call(int calls)
        {
            for (int i = 0; i < calls; i++)
            {
                prediction.AsSpan().Fill(float.NaN);
                try
                {
                    predictor.Predict(sample, prediction);
                }
#pragma warning disable CA1031 // Whatever a call throws is what this run looks for.
                catch (Exception)
#pragma warning restore CA1031
                {
                    Failed++;
                }

                int model = Match();
                if (model < 0) Wrong++;
                else Seen[model] = true;
            }
        }

        /// <summary>The model whose bits these are. Softmax gives no −0 and no NaN, so equal values are equal bits.</summary>
        private int Match()
        {
            for (int m = 0; m < expected.Length; m++)
                if (prediction.AsSpan().SequenceEqual(expected[m])) return m;
            return -1;
        }
    }
}
