namespace DeepLearning;

/// <summary>
/// A stream of samples, with the steps that prepare them: read, map, filter, shuffle, batch, one sample at a time, so that memory does not grow with the
/// data. It is a <see cref="BatchSource"/>: <c>Fit</c> takes it, in batches of <see cref="FitOptions.BatchSize"/> unless <see cref="Batch"/> says otherwise.
/// Nothing is read before an epoch begins; each epoch reads from the start, and resources are released when it ends or is left early.
/// </summary>
/// <remarks>
/// Orders and random numbers depend on the <see cref="EpochPosition"/> alone: a run that is resumed in the middle of an epoch gets the batches that remain. The
/// steps are those of TensorFlow's <c>tf.data</c>; sources do not shuffle by themselves.
/// </remarks>
/// <example>
/// <code>
/// SampleSource train = SampleSource.Of(files, file => new Sample(Decode(file), LabelOf(file)))
///     .Shuffle(1000)
///     .Map((sample, random) => sample.WithInput(Augment(sample.Input, random)));
/// model.Fit(train.Prefetch(), new FitOptions(epochs: 10, batchSize: 64));
/// </code>
/// </example>
public sealed partial class SampleSource : BatchSource
{
    private readonly SampleStream stream;
    private readonly SampleBatches batches;

    private SampleSource(SampleStream stream)
    {
        (this.stream, batches) = (stream, new SampleBatches(stream, null, false, null));
        FeatureNames = stream.FeatureNames;
    }

    /// <summary>Samples in an epoch, if known without reading them; otherwise null.</summary>
    public long? Count => stream.Count;

    /// <summary>⌈samples / batch size⌉; null if the number of samples is not known.</summary>
    /// <param name="batchSize">Samples per batch, ≥ 1.</param>
    /// <exception cref="InvalidOperationException">The samples have no end: after <see cref="Repeat"/>, <see cref="Take"/> says how many are an
    /// epoch.</exception>
    public override int? BatchesPerEpoch(int batchSize) => batches.BatchesPerEpoch(batchSize);

    /// <summary>The batches of an epoch from a position on. Each may be kept.</summary>
    /// <param name="position">Where to start, the batch size, and whether <see cref="Shuffle()"/> and <see cref="Shuffle(int)"/> have an effect.</param>
    /// <exception cref="SampleException">While it is enumerated: a function of a step failed; the message names the sample.</exception>
    public override IEnumerable<Batch> Epoch(EpochPosition position) => batches.Epoch(position);

    /// <summary>The samples of an epoch one by one, to look at them or to go on with LINQ.</summary>
    /// <param name="position">The epoch, and whether to shuffle; null for the first, unshuffled.</param>
    public IEnumerable<Sample> Samples(EpochPosition? position = null)
    {
        position ??= new EpochPosition();
        return stream.Read(SamplePass.Of(position), position.Samples);
    }

    /// <summary>The source and its steps, for example <c>60000 rows.Map.Shuffle(1000)</c>.</summary>
    public override string ToString() => $"{stream}";

    internal override bool IsShuffled => batches.IsShuffled;

    internal override bool IsRandom => batches.IsRandom;

    internal override IEnumerable<Batch> RecycledEpoch(EpochPosition position, BatchBuffers buffers) => batches.RecycledEpoch(position, buffers);

    internal override long? SamplesIn(int batches, int batchSize) => this.batches.SamplesIn(batches, batchSize);

    internal override void Describe(StateWriter run, bool shuffles) => batches.Describe(run, shuffles);
}
