namespace DeepLearning.Tests.Losses;

/// <summary>Labels that stand for none: padding, or what nobody labelled.</summary>
public sealed class IgnoreClassTests
{
    private static readonly Tensor Logits = Tensor.RandomNormal([4, 3], seed: 1), Labels = Tensor.From(2f, -1f, 0f, -1f);

    [Fact]
    public void The_mean_is_over_the_others()
    {
        Tensor kept = Logits.Gather(0, [0, 2]), labels = Tensor.From(2f, 0f), weights = Tensor.From(0.5f, 7f, 2f, 1f), ofKept = Tensor.From(0.5f, 2f);
        foreach (LossReduction reduction in Enum.GetValues<LossReduction>())
        {
            var loss = new SparseCategoricalCrossEntropy(fromLogits: true, labelSmoothing: 0.1) { IgnoreClass = -1, Reduction = reduction };

            loss.PerSample(Logits, Labels).ToArray()[1].Should().Be(0f);
            loss.Compute(Logits, Labels).ToScalar().Should().BeApproximately(loss.Compute(kept, labels).ToScalar(), 1e-6f);
            loss.Compute(Logits, Labels, weights).ToScalar().Should().BeApproximately(loss.Compute(kept, labels, ofKept).ToScalar(), 1e-6f);
        }
    }

    [Fact]
    public void Ignored_rows_have_no_slope_and_a_batch_of_them_alone_has_no_loss()
    {
        var loss = new SparseCategoricalCrossEntropy(fromLogits: true) { IgnoreClass = -1 };
        var tape = new Tape();
        Tensor x = tape.Watch(Logits), all = Tensor.Full([4], -1f);

        float[] slopes = tape.Gradients(loss.Compute(x, Labels))[x].ToArray();

        slopes[3..6].Concat(slopes[9..]).Should().OnlyContain(s => s == 0f);
        slopes[..3].Concat(slopes[6..9]).Should().OnlyContain(s => s != 0f);
        loss.Compute(Logits, all).ToScalar().Should().Be(0f);
    }

    [Fact]
    public void A_sequence_with_more_labels_counts_more()
    {
        // Each place costs log 2; the mean over places is not the mean over the samples' means times anything.
        Tensor x = Tensor.Zeros([2, 3, 2]), labels = Tensor.From([0f, 255f, 255f, 1f, 0f, 1f], [2, 3]);
        var loss = new SparseCategoricalCrossEntropy(fromLogits: true) { IgnoreClass = 255 };
        x[0, 0, 1] = 5f;
        double wrong = Math.Log(1 + Math.Exp(5));

        ((double)loss.Compute(x, labels).ToScalar()).Should().BeApproximately((wrong + 3 * Math.Log(2)) / 4, 1e-6);
    }

    [Fact]
    public void One_of_the_classes_may_be_ignored()
    {
        var loss = new SparseCategoricalCrossEntropy(fromLogits: true) { IgnoreClass = 0 };

        loss.PerSample(Logits, Tensor.From(0f, 1f, 0f, 2f)).ToArray().Where(v => v == 0f).Should().HaveCount(2);
    }

    [Fact]
    public void Other_labels_outside_the_classes_are_refused_still()
    {
        var loss = new SparseCategoricalCrossEntropy { IgnoreClass = -1 };

        loss.Invoking(l => l.Validate(Labels, [3])).Should().NotThrow();
        loss.Invoking(l => l.Validate(Tensor.From(0f, -1f, -2f), [3])).Should().Throw<ArgumentException>()
            .WithMessage("*from 0 to 2, or -1, which is ignored, got -2 in row 2*");
        new SparseCategoricalCrossEntropy().Invoking(l => l.Validate(Labels, [3])).Should().Throw<ArgumentException>().WithMessage("*got -1 in row 1*");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Figures_of_an_evaluation_leave_them_out_at_any_batch_size(int batchSize)
    {
        int[] labels = [2, -1, 0, -1, -1, -1, 1, 0], rows = [0, 2, 6, 7];
        var data = new Dataset(Tensor.RandomNormal([8, 4], seed: 2), labels);
        Sequential model = Sequential.Input(4).Dense(3).Softmax().Build(seed: 3);
        Evaluation kept = With(null).Evaluate(data.Select(rows)), all = With(-1).Evaluate(data, batchSize);

        all.Loss.Should().BeApproximately(kept.Loss, 1e-6f);
        all["accuracy"].Should().BeApproximately(kept["accuracy"], 1e-6f);
        all["again"].Should().BeApproximately(kept.Loss, 1e-6f, "the same loss as a metric");

        Sequential With(int? ignored)
        {
            var loss = new SparseCategoricalCrossEntropy { IgnoreClass = ignored };
            return model.Compile(new Sgd(), loss, new Accuracy(), new LossMetric(loss, "again"));
        }
    }

    [Fact]
    public void A_run_trains_on_the_others_as_if_they_were_alone()
    {
        int[] labels = [2, -1, 0, 1];
        Tensor x = Tensor.RandomNormal([4, 4], seed: 2);
        Sequential ignoring = Sequential.Input(4).Dense(3).Softmax().Build(seed: 3), alone = Sequential.Input(4).Dense(3).Softmax().Build(seed: 3);
        var options = new FitOptions(epochs: 3, batchSize: 4);

        ignoring.Compile(new Sgd(0.1), new SparseCategoricalCrossEntropy { IgnoreClass = -1 }, new Accuracy());
        alone.Compile(new Sgd(0.1), new SparseCategoricalCrossEntropy(), new Accuracy());
        var data = new Dataset(x, labels);
        History withThem = ignoring.Fit(data, options), without = alone.Fit(data.Select([0, 2, 3]), options);

        withThem["loss"][^1].Should().BeApproximately(without["loss"][^1], 1e-6f);
        ignoring.Parameters[0].Value.ToArray().Zip(alone.Parameters[0].Value.ToArray()).Should().OnlyContain(w => MathF.Abs(w.First - w.Second) < 1e-6f);
    }
}
