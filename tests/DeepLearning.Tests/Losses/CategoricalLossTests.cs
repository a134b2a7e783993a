using DeepLearning.Tests.Contracts;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Losses;

/// <summary>Divergence, focal loss and label smoothing of classes, and what losses keep when they are fused.</summary>
public sealed class CategoricalLossTests
{
    [Fact]
    public void A_divergence_is_the_cross_entropy_less_the_targets_entropy()
    {
        Tensor x = Tensor.RandomNormal([4, 3], seed: 1), t = Tensor.RandomNormal([4, 3], seed: 2).Softmax();
        double[] entropy = [.. t.ToArray().Chunk(3).Select(row => -row.Sum(v => v * Math.Log(v)))];

        double[] difference = [.. new CategoricalCrossEntropy(fromLogits: true).PerSample(x, t).ToArray()
            .Zip(new KullbackLeiblerDivergence(fromLogits: true).PerSample(x, t).ToArray(), (a, b) => (double)a - b)];

        difference.Select(d => (float)d).ToArray().ShouldBeCloseTo(entropy, 1e-6);
    }

    [Fact]
    public void A_class_without_target_costs_nothing_even_at_minus_infinity()
    {
        var tape = new Tape();
        Tensor x = tape.Watch(Tensor.From([float.NegativeInfinity, 0f, 0f], [1, 3])), t = Tensor.From([0f, 1f, 0f], [1, 3]);
        Loss[] losses = [new KullbackLeiblerDivergence(fromLogits: true), new CategoricalFocalCrossEntropy(fromLogits: true, gamma: 0) { Alpha = 1 }];
        foreach (Loss loss in losses)
        {
            Tensor value = loss.PerSample(x, t);
            value.ShouldBeCloseTo([Math.Log(2)], 1e-6, loss.Name);
            tape.Gradients(value)[x].ShouldBeCloseTo([0, -0.5, 0.5], 1e-6, loss.Name);
        }
    }

    [Fact]
    public void Certain_and_wrong_costs_the_logits_distance_and_pulls_with_all_its_weight()
    {
        var tape = new Tape();
        Tensor x = tape.Watch(Tensor.From([-2e4f, 0f], [1, 2])), t = Tensor.From([1f, 0f], [1, 2]);
        foreach (Loss loss in (Loss[])[new KullbackLeiblerDivergence(fromLogits: true), new CategoricalFocalCrossEntropy(fromLogits: true) { Alpha = 1 }])
        {
            Tensor value = loss.PerSample(x, t);
            value.ToArray().Should().Equal([2e4f], loss.Name);
            tape.Gradients(value)[x].ToArray().Should().Equal([-1f, 1f], loss.Name);
        }
    }

    [Fact]
    public void A_sample_that_is_right_counts_little_under_a_focal_loss()
    {
        Tensor p = Tensor.From([0.9f, 0.1f, 0.5f, 0.5f], [2, 2]), t = Tensor.From([1f, 0f, 1f, 0f], [2, 2]);

        new CategoricalFocalCrossEntropy().PerSample(p, t).ShouldBeCloseTo([-0.25 * 0.01 * Math.Log(0.9), -0.25 * 0.25 * Math.Log(0.5)], 1e-7);
        new CategoricalFocalCrossEntropy(labelSmoothing: 0.2).PerSample(p, t)[1].Should()
            .BeApproximately((float)(-0.25 * 0.25 * Math.Log(0.5)), 1e-7f, "0.9 and 0.1 of the same");
    }

    [Fact]
    public void Smoothed_labels_are_smoothed_one_hot_rows()
    {
        Tensor x = Tensor.RandomNormal([5, 4], seed: 3);
        int[] labels = [0, 3, 1, 2, 2];

        new SparseCategoricalCrossEntropy(fromLogits: true, labelSmoothing: 0.1).PerSample(x, Tensor.From([.. labels.Select(l => (float)l)]))
            .ShouldBeCloseTo(new CategoricalCrossEntropy(fromLogits: true, labelSmoothing: 0.1).PerSample(x, OneHot.Encode(labels, 4)).ToArray(), 1e-6);
        FluentActions.Invoking(() => new SparseCategoricalCrossEntropy(labelSmoothing: 1))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("LabelSmoothing");
    }

    [Fact]
    public void Wrong_settings_and_targets_are_refused()
    {
        FluentActions.Invoking(() => new CategoricalFocalCrossEntropy(gamma: -1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Gamma");
        FluentActions.Invoking(() => new CategoricalFocalCrossEntropy { Alpha = 0 }).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Alpha");
        foreach (Loss loss in (Loss[])[new KullbackLeiblerDivergence(), new CategoricalFocalCrossEntropy(), new CategoricalHinge()])
        {
            loss.Invoking(l => l.Validate(Tensor.From([1f, 0f, 0.5f, 0.25f], [2, 2]), [2]))
                .Should().Throw<ArgumentException>().WithMessage($"{loss.Name}*0.75 in row 1*");
            loss.Invoking(l => l.Validate(Tensor.From(1f, 0f), [2])).Should().Throw<ShapeMismatchException>().WithMessage($"{loss.Name}*OneHot.Encode*");
            Sequential.Input(2).Dense(1).Build().Invoking(m => m.Compile(new Sgd(), loss))
                .Should().Throw<ShapeMismatchException>().WithMessage("*single class*");
        }
    }

    [Fact]
    public void Fused_with_the_last_activation_a_loss_keeps_all_its_other_settings()
    {
        Layer[] last = [new Softmax(), new Sigmoid(), new Exponential()];
        int fused = 0;
        foreach (Loss loss in LossContract.Rows.Select(row => row.Make(LossReduction.MeanWithSampleWeight)))
            foreach (Layer layer in last.Where(layer => Fits(loss, layer)))
            {
                if (loss.FusedWith(layer) is not { } inner) continue;
                fused++;
                Without(inner).Should().Equal(Without(loss), loss.Name);
            }

        fused.Should().BeGreaterThan(12);

        static bool Fits(Loss loss, Layer layer)
        {
            try
            {
                loss.FusedWith(layer);
                return true;
            }
            catch (ArgumentException)
            {
                return false;
            }
        }

        static string[] Without(Loss loss)
        {
            var texts = new StateWriter();
            loss.Describe().WriteTo(texts);
            return [.. texts.Texts.Where(t => !t.Key.StartsWith("From", StringComparison.Ordinal)).Select(t => $"{t.Key}={t.Value}")];
        }
    }
}
