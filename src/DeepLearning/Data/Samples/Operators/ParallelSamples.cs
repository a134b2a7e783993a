namespace DeepLearning;

/// <summary>A function of each sample on several threads: the same samples in the same order.</summary>
internal sealed class ParallelSamples(SampleStream source, Func<Sample, RandomStream, Sample> map, bool isRandom, int threads) : SampleStream(source)
{
    private readonly MappedSamples one = new(source, map, isRandom);

    public override long? Count => one.Count;

    public override bool HasRandomAccess => one.HasRandomAccess;

    public override bool IsRandom => one.IsRandom;

    public override IReadOnlyList<string> FeatureNames => one.FeatureNames;

    public override IEnumerable<Sample> Read(SamplePass pass, long skip)
    {
        RandomStream own = pass.Own;
        long index = skip;
        var running = new Queue<Task<Sample>>(threads);
        try
        {
            foreach (Sample sample in source.Read(pass.Inner(), skip))
            {
                long number = index++;
                running.Enqueue(Task.Run(() => one.Call(sample, own, number, pass.Epoch)));
                if (running.Count == threads) yield return running.Dequeue().GetAwaiter().GetResult();
            }

            while (running.Count > 0) yield return running.Dequeue().GetAwaiter().GetResult();
        }
        finally
        {
            // Nothing of a pass that was left early still runs; what it throws, nobody asked for.
            while (running.Count > 0) ((IAsyncResult)running.Dequeue()).AsyncWaitHandle.WaitOne();
        }
    }

    public override Sample At(SamplePass pass, long index) => one.At(pass, index);

    public override string ToString() => $"{one}";
}
