using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Losses;

/// <summary>Cross-entropies from logits at ±∞, and where a probability is too near 1 for float32.</summary>
public sealed class LogitLimitTests
{
    private const float Inf = float.PositiveInfinity;

    [Theory]
    [InlineData(-Inf, 0f, 0f, 0f)]
    [InlineData(Inf, 1f, 0f, 0f)]
    [InlineData(Inf, 0f, Inf, 1f)]
    [InlineData(-Inf, 1f, Inf, -1f)]
    [InlineData(Inf, 0.25f, Inf, 0.75f)]
    [InlineData(-Inf, 0.25f, Inf, -0.25f)]
    public void FoundT08_binary_cross_entropies_of_infinite_logits_are_their_limits(float logit, float target, float loss, float slope)
    {
        var tape = new Tape();
        Tensor x = tape.Watch(Tensor.From([logit, 0.5f], [2, 1])), t = Tensor.From([target, 1f], [2, 1]);

        Tensor plain = new BinaryCrossEntropy { FromLogits = true }.PerSample(x, t);
        plain[0].Should().Be(loss);
        tape.Gradients(plain.Sum())[x][0, 0].Should().Be(slope);

        foreach (float gamma in (float[])[0f, 0.5f, 1f, 2f, 3f])
        {
            float power = MathF.Pow(logit > 0 ? 1f - target : target, gamma);
            Tensor focal = new BinaryFocalCrossEntropy { FromLogits = true, Gamma = gamma }.PerSample(x, t);
            focal[0].Should().Be(loss);
            tape.Gradients(focal.Sum())[x][0, 0].Should().BeApproximately(power * slope, 1e-6f, $"γ {gamma}");
        }
    }

    [Fact]
    public void FoundT08_a_class_without_weight_costs_nothing_even_at_infinity()
        => new BinaryFocalCrossEntropy { FromLogits = true, ApplyClassBalancing = true, Alpha = 1f }
            .PerSample(Tensor.From([Inf, -Inf], [2, 1]), Tensor.From([0f, 1f], [2, 1])).ToArray().Should().Equal(0f, Inf);

    [Fact]
    public void FoundT08_NaN_stays_NaN()
    {
        Tensor x = Tensor.From([float.NaN, float.NaN, float.NaN], [3, 1]), t = Tensor.From([0f, 0.5f, 1f], [3, 1]);

        new BinaryCrossEntropy { FromLogits = true }.PerSample(x, t).ToArray().Should().OnlyContain(v => float.IsNaN(v));
        new BinaryFocalCrossEntropy { FromLogits = true }.PerSample(x, t).ToArray().Should().OnlyContain(v => float.IsNaN(v));
    }

    [Fact]
    public void FoundT08_a_masked_class_costs_nothing_unless_it_is_the_target()
    {
        var tape = new Tape();
        Tensor x = tape.Watch(Tensor.From([-Inf, 0f, 0f, -Inf, 0f, 0f], [2, 3])), oneHot = Tensor.From([0f, 1f, 0f, 1f, 0f, 0f], [2, 3]);

        foreach (Tensor losses in (Tensor[])[
            new CategoricalCrossEntropy { FromLogits = true }.PerSample(x, oneHot),
            new SparseCategoricalCrossEntropy { FromLogits = true }.PerSample(x, Tensor.From(1f, 0f))])
        {
            losses[0].Should().BeApproximately(MathF.Log(2f), 1e-6f);
            losses[1].Should().Be(Inf);
            tape.Gradients(losses.Sum())[x].ToArray().Should().Equal(0f, -0.5f, 0.5f, -1f, 0.5f, 0.5f);
        }

        new CategoricalCrossEntropy { FromLogits = true, LabelSmoothing = 0.1f }.PerSample(x, oneHot).ToArray()
            .Should().Equal([Inf, Inf], "a share of every class is wanted");
        x.LogSumExp().ShouldBeCloseTo([Math.Log(2), Math.Log(2)], 1e-6, "log Σ exp");
        x.LogSoftmax()[0, 0].Should().Be(-Inf);
        tape.Gradients((x.LogSumExp() + x.LogSoftmax().Slice(1, 1, 1).Reshape(2)).Sum())[x].ToArray().Should().Equal(0f, 1f, 0f, 0f, 1f, 0f);
    }

    [Fact]
    public void FoundT12_the_focal_loss_of_a_sure_and_right_logit_keeps_its_digits()
    {
        var tape = new Tape();
        Tensor x = tape.Watch(Tensor.From([17f, -17f], [2, 1]));
        Tensor losses = new BinaryFocalCrossEntropy { FromLogits = true }.PerSample(x, Tensor.From([1f, 0f], [2, 1]));
        float[] slopes = tape.Gradients(losses.Sum())[x].ToArray();

        for (int i = 0; i < 2; i++)
        {
            losses[i].Should().BeInRange(7.0954e-23f, 7.0956e-23f);
            MathF.Abs(slopes[i]).Should().BeInRange(2.1286e-22f, 2.1287e-22f);
        }

        slopes[0].Should().BeNegative();
        slopes[1].Should().BePositive();
    }

    [Fact]
    public void FoundT12_cross_entropies_from_logits_follow_their_formulas_in_double_at_any_size_of_the_logit()
    {
        float[] logits = [-60f, -40f, -17f, -9f, -3f, -0.5f, 0f, 0.5f, 3f, 9f, 17f, 40f, 60f];
        float[] targets = [0f, 0.05f, 0.3f, 0.5f, 0.9f, 1f], gammas = [0f, 0.5f, 1f, 2f, 3.5f];
        foreach (float gamma in gammas)
            foreach (float? alpha in (float?[])[null, 0.25f])
                foreach (float t in targets)
                    foreach (float x in logits)
                    {
                        var tape = new Tape();
                        Tensor logit = tape.Watch(Tensor.From([x], [1, 1]));
                        bool balanced = alpha is not null;
                        var focal = new BinaryFocalCrossEntropy { FromLogits = true, Gamma = gamma, ApplyClassBalancing = balanced, Alpha = alpha ?? 0.25f };
                        Tensor loss = focal.PerSample(logit, Tensor.From([t], [1, 1]));
                        (double value, double slope) = Focal(x, t, gamma, alpha);
                        Near(loss[0], value, value, $"x {x}, t {t}, γ {gamma}, α {alpha}");
                        Near(tape.Gradients(loss.Sum())[logit][0, 0], slope, value * (1 + gamma), $"slope at x {x}, t {t}, γ {gamma}, α {alpha}");
                        if (gamma != 0f || alpha is not null) continue;
                        Tensor plain = new BinaryCrossEntropy { FromLogits = true }.PerSample(logit, Tensor.From([t], [1, 1]));
                        Near(plain[0], value, value, $"plain, x {x}, t {t}");
                        Near(tape.Gradients(plain.Sum())[logit][0, 0], slope, Math.Min(1, value), $"plain slope at x {x}, t {t}");
                    }
    }

    [Fact]
    public void FoundT12_cross_entropies_of_small_probabilities_keep_their_digits()
    {
        Tensor p = Tensor.From([3e-6f, 1f - 3e-6f], [2, 1]), t = Tensor.From([0f, 1f], [2, 1]);
        double[] entropy = [-Math.Log(1 - (double)p[0, 0]), -Math.Log(p[1, 0])], wrong = [p[0, 0], 1 - (double)p[1, 0]];

        Tensor plain = new BinaryCrossEntropy().PerSample(p, t), focal = new BinaryFocalCrossEntropy().PerSample(p, t);

        for (int i = 0; i < 2; i++)
        {
            Near(plain[i], entropy[i], 0, "plain");
            Near(focal[i], wrong[i] * wrong[i] * entropy[i], 0, "focal");
        }
    }

    /// <summary>A dozen roundings of float32, of the size of the terms; below 1e-38 its numbers are denormal.</summary>
    private static void Near(float actual, double expected, double scale, string name)
        => ((double)actual).Should().BeApproximately(expected, 2e-6 * Math.Max(Math.Abs(expected), Math.Abs(scale)) + 1e-43, name);

    private static (double Value, double Slope) Focal(double x, double t, double gamma, double? alpha)
    {
        double p = 1 / (1 + Math.Exp(-x)), n = 1 / (1 + Math.Exp(x)), wrong = t * n + (1 - t) * p, weight = alpha is { } a ? t * a + (1 - t) * (1 - a) : 1;
        double entropy = t * Softplus(-x) + (1 - t) * Softplus(x), slope = (1 - t) * p - t * n, ofWrong = (1 - 2 * t) * p * n;
        double power = weight * Math.Pow(wrong, gamma);
        return (power * entropy, power * (gamma * ofWrong / wrong * entropy + slope));
    }

    private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))) switch
    {
        // log(1 + ε) = ε − ε²/2 where 1 + ε has lost it.
        < 1e-6 => Math.Exp(-Math.Abs(x)) - Math.Exp(-2 * Math.Abs(x)) / 2,
        var log => log,
    };
}
