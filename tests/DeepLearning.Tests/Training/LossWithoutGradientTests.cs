namespace DeepLearning.Tests.Training;

/// <summary>A loss that no gradient comes from would train for ever without a word.</summary>
public sealed class LossWithoutGradientTests
{
    private static readonly Tensor X = Tensor.RandomNormal([8, 2], seed: 1), Y = Tensor.From([0f, 1f, 0f, 1f, 0f, 1f, 0f, 1f], [8, 1]);

    public static TheoryData<Loss> Losses => new() { new ByThreshold(), new ByArray(), new ByClone() };

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_loss_without_a_gradient_is_refused_in_the_first_step(Loss loss)
    {
        Sequential model = Sequential.Input(2).Dense(1).Build(seed: 1);
        float[] before = model.Parameters["dense.kernel"].Value.ToArray();
        var optimizer = new AdamW(weightDecay: 0.1);
        model.Compile(optimizer, loss);

        Action[] calls = [() => model.Fit(X, Y), () => model.TrainOnBatch(X, Y), () => model.Fit([new Batch(X, Y)])];
        foreach (Action call in calls)
            call.Should().Throw<InvalidOperationException>().WithMessage($"{loss.Name} has no gradient*nothing would be learned*ToArray*");
        model.Parameters["dense.kernel"].Value.ToArray().Should().Equal(before);
        optimizer.Steps.Should().Be(0);
        model.Evaluate(X, Y).Loss.Should().BeGreaterThanOrEqualTo(0f, "it may still be measured");
    }

    [Fact]
    public void A_model_without_parameters_has_nothing_to_learn()
        => Sequential.Input(1).Flatten().Build().Compile(new Sgd(), new ByThreshold()).TrainOnBatch(Y, Y).Loss.Should().Be(0f);

    private sealed class ByThreshold : Loss
    {
        public override Tensor PerSample(Tensor predictions, Tensor targets) => (predictions.Greater(0.5f) - targets).Abs().Mean(-1);
    }

    private sealed class ByArray : Loss
    {
        public override Tensor PerSample(Tensor predictions, Tensor targets)
            => Tensor.From([.. predictions.ToArray().Zip(targets.ToArray(), (p, t) => MathF.Abs(p - t))]);
    }

    private sealed class ByClone : Loss
    {
        public override Tensor PerSample(Tensor predictions, Tensor targets) => (predictions.Clone() - targets).Square().Mean(-1);
    }
}
