namespace DeepLearning;

/// <summary>Pairs of samples of two sources of the same length.</summary>
internal sealed class ZippedSamples(SampleStream first, SampleStream second, Func<Sample, Sample, Sample> combine) : SampleStream(first, second)
{
    private const string Step = nameof(SampleSource.Zip);

    public override long? Count => first.Count ?? second.Count;

    public override bool IsEndless => first.IsEndless && second.IsEndless;

    public override bool HasRandomAccess => first.HasRandomAccess && second.HasRandomAccess;

    public override IEnumerable<Sample> Read(SamplePass pass, long skip)
    {
        using IEnumerator<Sample> a = first.Read(pass.Inner(0), skip).GetEnumerator(), b = second.Read(pass.Inner(1), skip).GetEnumerator();
        for (long index = skip; ; index++)
        {
            bool hasFirst = a.MoveNext();
            // An endless source goes with any length.
            if (!hasFirst && second.IsEndless) yield break;
            bool hasSecond = b.MoveNext();
            if (hasFirst != hasSecond && !(hasFirst ? first : second).IsEndless)
            {
                throw new InvalidOperationException(
                    $"Expected as many samples in both sources, but the {(hasFirst ? "second" : "first")} has ended after {index} and the other goes "
                    + $"on: Take({index}) "
                    + "of it leaves out the rest.");
            }

            if (!hasFirst || !hasSecond) yield break;
            yield return SampleException.Calling(() => combine(a.Current, b.Current), Step, index, pass.Epoch);
        }
    }

    public override Sample At(SamplePass pass, long index)
        => SampleException.Calling(() => combine(first.At(pass.Inner(0), index), second.At(pass.Inner(1), index)), Step, index, pass.Epoch);

    public override string ToString() => $"{first}.{Step}({second})";
}
