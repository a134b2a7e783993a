namespace DeepLearning;

/// <summary>
/// A random order by a buffer: each sample is drawn from those in the buffer, and the next one of the source takes its place. With a buffer of all samples
/// every order is equally likely; with a smaller one a sample can come any number of places later, but at most the buffer's size earlier.
/// </summary>
internal sealed class ShuffledSamples(SampleStream source, int buffer) : SampleStream(source)
{
    public override long? Count => source.Count;

    public override bool IsShuffled => true;

    public override IEnumerable<Sample> Read(SamplePass pass, long skip)
        => pass.Shuffle ? Drop(Shuffled(pass), skip, pass.Cancellation) : source.Read(pass.Inner(), skip);

    public override string ToString() => FormattableString.Invariant($"{source}.{nameof(SampleSource.Shuffle)}({buffer})");

    private IEnumerable<Sample> Shuffled(SamplePass pass)
    {
        RandomStream own = pass.Own;
        var waiting = new List<Sample>(Math.Min(buffer, (int)Math.Min(source.Count ?? 0, buffer)));
        long drawn = 0;
        foreach (Sample sample in source.Read(pass.Inner(), 0))
        {
            pass.Cancellation.ThrowIfCancellationRequested();
            if (waiting.Count < buffer)
            {
                waiting.Add(sample);
                continue;
            }

            int place = own.Below(buffer, drawn++);
            yield return waiting[place];
            waiting[place] = sample;
        }

        while (waiting.Count > 0)
        {
            int place = own.Below(waiting.Count, drawn++);
            yield return waiting[place];
            waiting[place] = waiting[^1];
            waiting.RemoveAt(waiting.Count - 1);
        }
    }
}
