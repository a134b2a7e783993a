namespace DeepLearning.Tests.Optimizers;

/// <summary>A step with gradients that the parameters never had moves nothing, or lets weights decay.</summary>
public sealed class ForeignGradientsTests
{
    private const string Message = "*watched none of the parameters*dense.kernel*model.Forward(x, tape)*";

    private static readonly Tensor X = Tensor.RandomNormal([4, 2], seed: 1);

    [Fact]
    public void Gradients_without_the_models_tape_are_refused()
    {
        Sequential model = Sequential.Input(2).Dense(1).Build(seed: 1);
        var tape = new Tape();
        Tensor x = tape.Watch(X);

        Refuses(model, tape.Gradients((x * 2f).Square().Mean()));
    }

    [Fact]
    public void Gradients_of_another_model_are_refused()
    {
        Sequential model = Sequential.Input(2).Dense(1).Build(seed: 1), other = Sequential.Input(2).Dense(1).Build(seed: 1);
        var tape = new Tape();

        Refuses(model, tape.Gradients(other.Forward(X, tape).Square().Mean()));
    }

    [Fact]
    public void Parameters_that_the_loss_does_not_reach_are_only_still()
    {
        Sequential model = Sequential.Input(2).Dense(1).Build(seed: 1);
        float[] before = model.Parameters["dense.kernel"].Value.ToArray();
        var tape = new Tape();

        new Sgd(0.5).Update(model.Parameters, tape.Gradients(tape.Watch(model.Parameters["dense.bias"]).Sum()));

        model.Parameters["dense.kernel"].Value.ToArray().Should().Equal(before);
        model.Parameters["dense.bias"].Value.ToArray().Should().Equal(-0.5f);
    }

    private static void Refuses(Sequential model, Gradients gradients)
    {
        float[] before = model.Parameters["dense.kernel"].Value.ToArray();
        var optimizer = new AdamW(weightDecay: 0.1);
        for (int call = 0; call < 2; call++)
            optimizer.Invoking(o => o.Update(model.Parameters, gradients)).Should().Throw<ArgumentException>().WithMessage(Message);
        optimizer.Steps.Should().Be(0);
        model.Parameters["dense.kernel"].Value.ToArray().Should().Equal(before);
    }
}
