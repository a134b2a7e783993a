using MathNet.Numerics.Distributions;

namespace DeepLearning;

/// <summary>A source whose batches are blended with a random order of their own rows: mixup.</summary>
internal sealed class MixedBatches : BatchSource
{
    /// <summary>Separates the numbers of mixup from others that are drawn from an epoch's.</summary>
    private const ulong Purpose = 0x6D69_7875_0000_0000;

    private readonly BatchSource source;
    private readonly double alpha;

    public MixedBatches(BatchSource source, double alpha)
    {
        (this.source, this.alpha, FeatureNames) = (source, Setting.Positive(alpha, nameof(alpha)), source.FeatureNames);
        if (source.InMemory is { } data && Fault(data.InputTensors, data.TargetTensors) is { } fault) throw new ArgumentException(fault, nameof(source));
    }

    public override int? BatchesPerEpoch(int batchSize) => source.BatchesPerEpoch(batchSize);

    public override IEnumerable<Batch> Epoch(EpochPosition position)
    {
        ulong number = (ulong)position.Batches;
        foreach (Batch batch in source.Epoch(position)) yield return Mix(batch, position.Random.Substream(Purpose + number++));
    }

    internal override long? SamplesIn(int batches, int batchSize) => source.SamplesIn(batches, batchSize);

    internal override void Describe(StateWriter run, bool shuffles)
    {
        source.Describe(run, shuffles);
        run.Write("Mixup", (float)alpha);
    }

    private Batch Mix(Batch batch, RandomStream random)
    {
        if (Fault(batch.InputTensors, batch.TargetTensors) is { } fault) throw new InvalidOperationException(fault);
        var uniform = new float[1];
        random.FillUniform(uniform);
        float share = (float)Beta.InvCDF(alpha, alpha, uniform[0]);
        var order = new int[batch.Count];
        random.Substream(1).FillPermutation(order);
        return new Batch([.. batch.InputTensors.Select(Blend)], [.. batch.TargetTensors.Select(Blend)], batch.SampleWeights is { } weights ? Blend(weights) : null)
        {
            ClassNames = batch.ClassNames,
        };

        Tensor Blend(Tensor rows)
        {
            Tensor other = Tensor.Zeros(rows.Shape);
            other.GatherRows(rows, order);
            return rows * share + other * (1 - share);
        }
    }

    private static string? Fault(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> targets)
    {
        if (inputs.Any(x => x.IsInteger)) return "Mixup blends inputs, but some are indices, which have nothing between them: mix what an embedding gives in a custom loop.";
        return targets.Any(y => y.IsInteger || y.Rank == 1)
            ? "Mixup blends targets, but these are one number a row, as class labels are: make labels one-hot with OneHot.Encode and train with a "
                + "CategoricalCrossEntropy, or reshape quantities to [rows, 1]."
            : null;
    }
}
