namespace DeepLearning.Tests.Data;

public sealed class MixedBatchesTests
{
    private static readonly EpochPosition Start = new() { BatchSize = 4, Random = new RandomStream(7) };

    [Fact]
    public void Each_row_lies_between_itself_and_another_and_inputs_targets_and_weights_move_alike()
    {
        Dataset data = Rows(12);
        Batch[] mixed = [.. data.Mixup(1).Epoch(Start)];
        mixed.Should().HaveCount(3);
        for (int b = 0; b < 3; b++)
        {
            float[] values = [.. Enumerable.Range(4 * b, 4).Select(r => (float)r)];
            for (int r = 0; r < 4; r++)
            {
                float x = mixed[b].Inputs[r, 0], own = 4 * b + r;
                mixed[b].Targets[r, 0].Should().BeApproximately(10 * x, 1e-4f);
                mixed[b].SampleWeights![r].Should().BeApproximately(1 + x, 1e-5f);
                values.Any(other => MathF.Abs(x - own) < 1e-6f || IsBetween(x, own, other)).Should().BeTrue();
            }

            mixed[b].Inputs.ToArray().Average().Should().BeApproximately(4 * b + 1.5f, 1e-5f, "each row is once the other one");
        }

        static bool IsBetween(float x, float a, float b) => x >= MathF.Min(a, b) - 1e-6f && x <= MathF.Max(a, b) + 1e-6f;
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(5)]
    public void The_shares_have_the_mean_and_the_variance_of_a_beta_distribution(double alpha)
    {
        // Of two rows 0 and 1, a batch that exchanges them shows its share: [1 − λ, λ].
        var data = new Dataset(Tensor.From(Enumerable.Range(0, 8000).Select(i => i % 2f).ToArray(), [8000, 1]), Tensor.Zeros([8000, 1]));
        double[] shares = [.. data.Mixup(alpha).Epoch(Start with { BatchSize = 2 }).Select(batch => (double)batch.Inputs[1, 0])];
        // Half of the batches keep their order, and show 1.
        double[] exchanged = [.. shares.Where(s => s < 1)];
        exchanged.Length.Should().BeInRange(1500, 2500);
        exchanged.Average().Should().BeApproximately(0.5, 0.05);
        exchanged.Average(s => (s - 0.5) * (s - 0.5)).Should().BeApproximately(1 / (4 * (2 * alpha + 1)), 0.02);
    }

    [Fact]
    public void A_later_position_gives_the_rest_of_the_epoch_with_the_same_bits_and_another_epoch_other_batches()
    {
        BatchSource mixed = Rows(16).Mixup();
        float[][] Of(EpochPosition position) => [.. mixed.Epoch(position).Select(b => b.Inputs.ToArray())];
        float[][] whole = Of(Start with { Shuffle = true });
        Of(Start with { Shuffle = true, Batches = 2, Samples = 8 }).Should().BeEquivalentTo(whole[2..], o => o.WithStrictOrdering());
        Of(Start with { Shuffle = true, Random = new RandomStream(8) }).Should().NotBeEquivalentTo(whole);
    }

    [Fact]
    public void The_data_set_itself_is_unchanged()
    {
        Dataset data = Rows(8);
        float[] before = data.Inputs.ToArray();
        _ = data.Mixup(1).Epoch(Start).Count();
        data.Inputs.ToArray().Should().Equal(before);
    }

    [Fact]
    public void Another_alpha_is_another_run()
    {
        string Described(double alpha)
        {
            var state = new StateWriter();
            Rows(8).Mixup(alpha).Describe(state, shuffles: true);
            return state.Read().ReadSingle("Mixup").ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        Described(0.2).Should().Be("0.2");
        Described(0.3).Should().Be("0.3");
    }

    [Fact]
    public void Labels_and_indices_are_refused_with_what_to_do()
    {
        var labelled = new Dataset(Tensor.Zeros([4, 2]), [0, 1, 0, 1]);
        labelled.Invoking(d => d.Mixup()).Should().Throw<ArgumentException>().WithMessage("*make labels one-hot with OneHot.Encode*");
        var indices = new Dataset(Tensor.FromIndices([0, 1, 2, 3], [4, 1]), Tensor.Zeros([4, 1]));
        indices.Invoking(d => d.Mixup()).Should().Throw<ArgumentException>().WithMessage("Mixup blends inputs, but some are indices*");
        BatchSource.Of([new Batch(Tensor.Zeros([4, 2]), new[] { 0, 1, 0, 1 })]).Mixup().Invoking(s => s.Epoch(Start).Count())
            .Should().Throw<InvalidOperationException>().WithMessage("*one-hot*");
        Rows(4).Invoking(d => d.Mixup(0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("alpha must be finite and > 0*");
    }

    /// <summary>Row i: input i, target 10·i, weight 1 + i.</summary>
    private static Dataset Rows(int count)
    {
        float[] x = [.. Enumerable.Range(0, count).Select(i => (float)i)];
        return new Dataset(
            Tensor.From(x, [count, 1]), Tensor.From(Array.ConvertAll(x, v => 10 * v), [count, 1]), Tensor.From(Array.ConvertAll(x, v => 1 + v), [count]));
    }
}
