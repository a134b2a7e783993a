namespace DeepLearning.Tests.Losses;

/// <summary>Targets that no loss can use, and logits and probabilities at their limits.</summary>
public sealed class LossTargetTests
{
    [Theory]
    [InlineData(-1f)]
    [InlineData(3f)]
    [InlineData(float.NaN)]
    public void Fault06_a_label_outside_the_classes_is_rejected_with_value_row_and_range(float label)
        => new SparseCategoricalCrossEntropy().Invoking(l => l.Validate(Tensor.From(0f, 2f, label), [3]))
            .Should().Throw<ArgumentException>().WithMessage($"*0 to 2*got {label} in row 2*");

    [Fact]
    public void Fault06_a_binary_target_outside_0_to_1_is_rejected_with_value_and_row()
    {
        Tensor targets = Tensor.From([0f, 1f, 2f, 0f], [2, 2]);

        new BinaryCrossEntropy().Invoking(l => l.Validate(targets, [2])).Should().Throw<ArgumentException>().WithMessage("*got 2 in row 1*");
        new BinaryFocalCrossEntropy().Invoking(l => l.Validate(targets, [2])).Should().Throw<ArgumentException>().WithMessage("*got 2 in row 1*");
    }

    [Fact]
    public void Fault07_a_fractional_label_is_rejected()
        => new SparseCategoricalCrossEntropy().Invoking(l => l.Validate(Tensor.From(0f, 1.5f), [3]))
            .Should().Throw<ArgumentException>().WithMessage("*whole numbers*got 1.5 in row 1*");

    [Fact]
    public void Fault08_a_one_hot_row_that_does_not_sum_to_1_is_rejected_with_its_sum()
        => new CategoricalCrossEntropy().Invoking(l => l.Validate(Tensor.From([1f, 0f, 0.5f, 0.25f], [2, 2]), [2]))
            .Should().Throw<ArgumentException>().WithMessage("*sum to 1*0.75 in row 1*");

    [Fact]
    public void Fault28_a_probability_of_0_for_the_true_class_costs_the_logits_distance()
    {
        // softmax(−2e4, 0) is (0, 1) in any precision; from the logits the loss is exactly 2e4.
        Tensor logits = Tensor.From([-2e4f, 0f], [1, 2]);

        new SparseCategoricalCrossEntropy { FromLogits = true }.Compute(logits, Tensor.From(0f)).ToScalar().Should().Be(2e4f);
        new CategoricalCrossEntropy { FromLogits = true }.Compute(logits, Tensor.From([1f, 0f], [1, 2])).ToScalar().Should().Be(2e4f);
        float clipped = new SparseCategoricalCrossEntropy().Compute(Tensor.From([0f, 1f], [1, 2]), Tensor.From(0f)).ToScalar();
        clipped.Should().BeApproximately((float)-Math.Log(1e-7), 1e-4f, "without the logits, the probability is kept 1e-7 from 0");
        new SparseCategoricalCrossEntropy().Compute(Tensor.Zeros([1, 2]), Tensor.From(0f)).ToScalar().Should().Be(clipped, "and so where all are 0");
    }

    [Theory]
    [InlineData(1e4f, 0f, 1e4f)]
    [InlineData(1e4f, 1f, 0f)]
    [InlineData(-1e4f, 0f, 0f)]
    [InlineData(-1e4f, 1f, 1e4f)]
    public void Fault29_binary_cross_entropy_far_out_is_the_exact_limit(float logit, float target, float loss)
    {
        var tape = new Tape();
        Tensor x = tape.Watch(Tensor.From([logit], [1, 1])), y = Tensor.From([target], [1, 1]);

        Tensor plain = new BinaryCrossEntropy { FromLogits = true }.Compute(x, y), focal = new BinaryFocalCrossEntropy { FromLogits = true }.Compute(x, y);
        plain.ToScalar().Should().Be(loss);
        focal.ToScalar().Should().Be(loss);
        ((float)tape.Gradients(plain)[x]).Should().Be(loss == 0f ? 0f : MathF.Sign(logit));
        float.IsFinite((float)tape.Gradients(focal)[x]).Should().BeTrue();
    }

    [Fact]
    public void A_loss_as_a_function_is_the_loss()
    {
        Tensor p = Tensor.From([0.2f, 0.8f, 0.6f, 0.4f], [2, 2]), t = Tensor.From([0f, 1f, 1f, 0f], [2, 2]), labels = Tensor.From(1f, 0f);

        Same(DeepLearning.Losses.MeanSquaredError(p, t), new MeanSquaredError(), t);
        Same(DeepLearning.Losses.MeanAbsoluteError(p, t), new MeanAbsoluteError(), t);
        Same(DeepLearning.Losses.Huber(p, t, 0.1f), new Huber { Delta = 0.1f }, t);
        Same(DeepLearning.Losses.LogCosh(p, t), new LogCosh(), t);
        Same(DeepLearning.Losses.BinaryCrossEntropy(p, t), new BinaryCrossEntropy(), t);
        Same(DeepLearning.Losses.BinaryFocalCrossEntropy(p, t, fromLogits: true), new BinaryFocalCrossEntropy { FromLogits = true }, t);
        Same(DeepLearning.Losses.CategoricalCrossEntropy(p, t), new CategoricalCrossEntropy(), t);
        Same(DeepLearning.Losses.SparseCategoricalCrossEntropy(p, labels, fromLogits: true), new SparseCategoricalCrossEntropy { FromLogits = true }, labels);
        Same(DeepLearning.Losses.MeanAbsolutePercentageError(p, t), new MeanAbsolutePercentageError(), t);
        Same(DeepLearning.Losses.MeanSquaredLogarithmicError(p, t), new MeanSquaredLogarithmicError(), t);
        Same(DeepLearning.Losses.Pinball(p, t, 0.2), new Pinball(0.2), t);
        Same(DeepLearning.Losses.CosineSimilarity(p, t), new CosineSimilarity(), t);
        Same(DeepLearning.Losses.Poisson(p, t), new Poisson(), t);
        Same(DeepLearning.Losses.Poisson(p, t, fromLogarithms: true), new Poisson(fromLogarithms: true), t);
        Same(DeepLearning.Losses.GaussianNegativeLogLikelihood(p, labels), new GaussianNegativeLogLikelihood(), labels);
        Same(DeepLearning.Losses.Hinge(p, t), new Hinge(), t);
        Same(DeepLearning.Losses.SquaredHinge(p, t), new SquaredHinge(), t);
        Same(DeepLearning.Losses.CategoricalHinge(p, t), new CategoricalHinge(), t);
        Same(DeepLearning.Losses.KullbackLeiblerDivergence(p, t), new KullbackLeiblerDivergence(), t);
        Same(DeepLearning.Losses.CategoricalFocalCrossEntropy(p, t, fromLogits: true), new CategoricalFocalCrossEntropy(fromLogits: true), t);
        Same(DeepLearning.Losses.Contrastive(p, t, 2), new Contrastive(2), t);
        Same(DeepLearning.Losses.Triplet(p, labels, 2), new Triplet(2), labels);

        void Same(Tensor actual, Loss loss, Tensor targets) => actual.ToScalar().Should().Be(loss.Compute(p, targets).ToScalar(), loss.Name);
    }

    [Fact]
    public void Fault20_options_outside_their_range_are_rejected_by_name()
    {
        FluentActions.Invoking(() => new Huber { Delta = 0f }).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Delta");
        FluentActions.Invoking(() => new BinaryFocalCrossEntropy { Gamma = -1f }).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Gamma");
        FluentActions.Invoking(() => new BinaryFocalCrossEntropy { Alpha = 1.5f }).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Alpha");
        FluentActions.Invoking(() => new BinaryCrossEntropy { LabelSmoothing = 1f }).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("LabelSmoothing");
    }

    [Fact]
    public void Fault08_shares_outside_0_to_1_are_rejected_though_they_sum_to_1()
        => new CategoricalCrossEntropy().Invoking(l => l.Validate(Tensor.From([2f, -1f], [1, 2]), [2]))
            .Should().Throw<ArgumentException>().WithMessage("*shares from 0 to 1*row 0*");

    [Fact]
    public void Fault15_weights_of_another_shape_throw_and_do_not_broadcast()
        => new MeanSquaredError().Invoking(l => l.Compute(Tensor.Zeros([3, 1]), Tensor.Zeros([3, 1]), Tensor.Ones([3, 1])))
            .Should().Throw<ShapeMismatchException>().WithMessage("*[3], got [3, 1]*");

    [Fact]
    public void A_batch_whose_weights_are_all_0_costs_nothing()
        => new MeanSquaredError { Reduction = LossReduction.MeanWithSampleWeight }.Compute(Tensor.Ones([2, 1]), Tensor.Zeros([2, 1]), Tensor.Zeros([2]))
            .ToScalar().Should().Be(0f);
}
