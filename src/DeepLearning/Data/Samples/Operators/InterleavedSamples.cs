namespace DeepLearning;

/// <summary>Some samples of each source in turn, until all have ended.</summary>
internal sealed class InterleavedSamples(IReadOnlyList<SampleStream> sources, int block) : SampleStream(sources)
{
    public override long? Count => Sources.Any(s => s.Count is null) ? null : Sources.Sum(s => s.Count);

    public override IEnumerable<Sample> Read(SamplePass pass, long skip) => Drop(InTurn(pass), skip, pass.Cancellation);

    public override string ToString() => FormattableString.Invariant($"{nameof(SampleSource.Interleave)}({string.Join(", ", Sources)}; {block})");

    private IEnumerable<Sample> InTurn(SamplePass pass)
    {
        var open = new List<IEnumerator<Sample>>(Sources.Count);
        try
        {
            for (int s = 0; s < Sources.Count; s++) open.Add(Sources[s].Read(pass.Inner(s), 0).GetEnumerator());
            for (int turn = 0; open.Count > 0;)
            {
                int taken = 0;
                while (taken < block && open[turn].MoveNext())
                {
                    taken++;
                    yield return open[turn].Current;
                }

                if (taken == block) turn++;
                else
                {
                    open[turn].Dispose();
                    open.RemoveAt(turn);
                }

                if (turn == open.Count) turn = 0;
            }
        }
        finally
        {
            foreach (IEnumerator<Sample> reading in open) reading.Dispose();
        }
    }
}
