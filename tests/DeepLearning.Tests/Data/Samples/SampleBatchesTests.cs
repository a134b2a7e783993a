namespace DeepLearning.Tests.Data.Samples;

public sealed class SampleBatchesTests
{
    [Fact]
    public void A_batch_has_its_own_size_and_may_leave_out_the_remainder()
    {
        SampleSource ten = SampleSource.ByIndex(10, i => new Sample(Tensor.From((float)i), (int)i));
        var position = new EpochPosition { BatchSize = 2 };
        ten.Batch(4).Epoch(position).Select(b => b.Count).Should().Equal(4, 4, 2);
        ten.Batch(4, dropRemainder: true).Epoch(position).Select(b => b.Count).Should().Equal(4, 4);
        ten.Batch(dropRemainder: true).Epoch(position with { BatchSize = 3 }).Select(b => b.Count).Should().Equal(3, 3, 3);
        (ten.Batch(4).BatchesPerEpoch(2), ten.Batch(4, true).BatchesPerEpoch(2), ten.BatchesPerEpoch(2)).Should().Be((3, 2, 5));
        ten.Where(_ => true).BatchesPerEpoch(2).Should().BeNull();
        ten.Batch(4).SamplesIn(3, 2).Should().Be(10);
        ten.Batch(4).Invoking(b => b.Epoch(position with { Batches = 1, Samples = 2 }).Count()).Should().Throw<InvalidOperationException>()
            .WithMessage("*1 batches with 2 samples*batches of 4*");
    }

    [Fact]
    public void Labels_values_weights_and_several_tensors_are_put_together_as_a_data_set_has_them()
    {
        Batch labels = First(new Sample(Tensor.From(1f, 2f), 3, weight: 0.5), new Sample(Tensor.From(4f, 5f), 6));
        labels.Inputs.Shape.Should().Equal(2, 2);
        labels.Targets.Shape.Should().Equal(2);
        labels.ClassLabels.Should().NotBeNull();
        labels.SampleWeights!.ToArray().Should().Equal([0.5f, 1f], "a sample without a weight weighs as 1");
        First(new Sample(1.0, 2.5), new Sample(2.0, 3.5)).Targets.Shape.Should().Equal(2, 1);
        First(new Sample(1.0, 2.5)).SampleWeights.Should().BeNull();
        Batch several = First(new Sample([Tensor.FromIndices(1, 2), Tensor.From(3f)], [Tensor.From(4f), Tensor.From(5f, 6f)]));
        several.InputTensors[0].AsIntegers().ToArray().Should().Equal(1, 2);
        several.TargetTensors[1].Shape.Should().Equal(1, 2);
    }

    [Fact]
    public void Names_of_classes_reach_the_batch()
    {
        SampleSource named = SampleSource.Of([new Sample(1.0, Tensor.Scalar(1))]).Named(["x"], ["no", "yes"]);
        named.FeatureNames.Should().Equal("x");
        Batch batch = named.Shuffle(2).Epoch(new EpochPosition()).Single();
        batch.ClassNames.Should().Equal("no", "yes");
        batch.ClassLabels.Should().NotBeNull();
        named.Invoking(n => n.Concat(named.Named(classes: ["yes", "no"]))).Should().Throw<ArgumentException>().WithMessage("*label 0 in the second source*");
    }

    [Fact]
    public void Samples_that_do_not_fit_together_are_named()
    {
        Refusal(new Sample(Tensor.Ones([2]), 0), new Sample(Tensor.Ones([3]), 0)).Should()
            .Throw<ShapeMismatchException>().WithMessage("Sample 1 has an input [3], but sample 0 of the same batch has [2]. PaddedBatch*");
        Refusal(new Sample(Tensor.Ones([2]), 0), new Sample(Tensor.Ones([2]), 0.5)).Should()
            .Throw<ShapeMismatchException>().WithMessage("Sample 1 has a target [1], but sample 0 of the same batch has [].");
        Refusal(new Sample(Tensor.Ones([2]), 0), new Sample(Tensor.FromIndices(1, 2), 0)).Should().Throw<ArgumentException>()
            .WithMessage("*float32 values*sample 1 has integers.");
        Refusal(new Sample(Tensor.Ones([2]), 0), new Sample([Tensor.Ones([2]), Tensor.Ones([2])], [Tensor.Scalar(0)])).Should().Throw<ShapeMismatchException>();

        static Action Refusal(params Sample[] samples) => () => First(samples);
    }

    [Fact]
    public void Padding_fills_up_to_the_longest_or_to_a_length_and_marks_what_is_real()
    {
        Sample[] samples = [new(Tensor.From([1, 2, 3, 4], [2, 2]), 0), new(Tensor.From([5, 6], [1, 2]), 1), new(Tensor.From([7, 8, 9, 1, 2, 3], [3, 2]), 0)];
        Batch longest = Padded(samples, s => s.PaddedBatch(2, value: -1, mask: PaddingMask.Mask))[0];
        longest.InputTensors[0].Shape.Should().Equal(2, 2, 2);
        longest.InputTensors[0].ToArray().Should().Equal(1, 2, 3, 4, 5, 6, -1, -1);
        longest.InputTensors[1].ToArray().Should().Equal(1, 1, 1, 0);
        Batch four = Padded(samples, s => s.PaddedBatch(3, length: 4, mask: PaddingMask.Lengths))[0];
        four.InputTensors[0].Shape.Should().Equal(3, 4, 2);
        four.InputTensors[0][2, ..].ToArray().Should().Equal(7, 8, 9, 1, 2, 3, 0, 0);
        four.InputTensors[1].Shape.Should().Equal(3, 1);
        four.InputTensors[1].ToArray().Should().Equal(2, 1, 3);
        // Both dimensions differ.
        Batch both = Padded([new(Tensor.From([1, 2], [2, 1]), 0), new(Tensor.From([3, 4], [1, 2]), 0)], s => s.PaddedBatch(2))[0];
        both.Inputs.ToArray().Should().Equal(1, 0, 2, 0, 3, 4, 0, 0);
        Batch indices = Padded([new(Tensor.FromIndices(1, 2), 0), new(Tensor.FromIndices(3), 0)], s => s.PaddedBatch(2, value: 9))[0];
        indices.Inputs.AsIntegers().ToArray().Should().Equal(1, 2, 3, 9);
    }

    [Fact]
    public void A_reused_batch_holds_nothing_of_the_one_before()
    {
        Sample[] samples = [new(Tensor.From(1f, 2f, 3f), 0), new(Tensor.From(4f), 0), new(Tensor.From(5f), 0), new(Tensor.From(6f, 7f, 8f), 0)];
        BatchSource padded = SampleSource.Of(samples).PaddedBatch(2);
        var buffers = new BatchBuffers();
        float[][] values = [.. padded.RecycledEpoch(new EpochPosition(), buffers).Select(b => b.Inputs.ToArray())];
        values[0].Should().Equal(1, 2, 3, 4, 0, 0);
        values[1].Should().Equal(5, 0, 0, 6, 7, 8);
        Tensor memory = buffers.Full!.Inputs;
        padded.RecycledEpoch(new EpochPosition(), buffers).First().Inputs.Should().BeSameAs(memory);
        padded.Prefetch().Epoch(new EpochPosition()).Select(b => b.Inputs.ToArray()[0]).Should().Equal(1, 5);
    }

    [Fact]
    public void What_cannot_be_padded_is_named()
    {
        Sample one = new(Tensor.Ones([2]), 0), longer = new(Tensor.Ones([5]), 0);
        Refusal([one, longer], s => s.PaddedBatch(2, length: 4)).Should().Throw<ShapeMismatchException>().WithMessage("*at most 4 rows, but sample 1 has [5]*");
        Refusal([one, new(Tensor.Ones([2, 1]), 0)], s => s.PaddedBatch(2)).Should().Throw<ShapeMismatchException>()
            .WithMessage("*number of dimensions: sample 1*");
        Refusal([new(Tensor.FromIndices(1), 0), new(Tensor.FromIndices(1, 2), 0)], s => s.PaddedBatch(2, value: 0.5)).Should().Throw<ArgumentException>()
            .WithMessage("*whole number*0.5.");
        Refusal([new(Tensor.Scalar(1), 0)], s => s.PaddedBatch(2, mask: PaddingMask.Mask)).Should().Throw<ShapeMismatchException>();
        Refusal([new(Tensor.Ones([2]), Tensor.Ones([1])), new(Tensor.Ones([2]), Tensor.Ones([2]))], s => s.PaddedBatch(2))
            .Should().Throw<ShapeMismatchException>().WithMessage("Sample 1 has a target [2]*");
        FluentActions.Invoking(() => SampleSource.Of([one]).PaddedBatch(value: double.NaN)).Should().Throw<ArgumentOutOfRangeException>();

        static Action Refusal(Sample[] samples, Func<SampleSource, BatchSource> batch) => () => Padded(samples, batch);
    }

    private static Batch First(params Sample[] samples) => SampleSource.Of(samples).Epoch(new EpochPosition()).First();

    private static List<Batch> Padded(Sample[] samples, Func<SampleSource, BatchSource> batch)
        => [.. batch(SampleSource.Of(samples)).Epoch(new EpochPosition())];
}
