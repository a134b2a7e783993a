using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Losses;

public sealed class CtcTests
{
    [Fact]
    public void Two_steps_spell_one_label_in_three_ways()
    {
        // Of equal chances ⅓ each: "1 1", "0 1", "1 0" are three of nine paths; no label at all is one.
        Tensor x = Tensor.Zeros([2, 2, 3]);

        new Ctc().PerSample(x, Tensor.From([1f, 0f], [2, 1])).ShouldBeCloseTo([Math.Log(3), Math.Log(9)], 1e-6);
    }

    [Fact]
    public void A_repeated_label_needs_a_blank_between()
        => new Ctc().PerSample(Tensor.Zeros([1, 3, 3]), Tensor.From([2f, 2f], [1, 2])).ShouldBeCloseTo([Math.Log(27)], 1e-6, "2 0 2 alone");

    [Fact]
    public void A_long_and_improbable_sequence_keeps_its_digits()
    {
        // Each step gives label 1 a million times the chance of a blank, but 500 of them need 499 blanks between: every path has a chance of about e^−6894, far
        // below any double. The step that is over prolongs any of the labels.
        const int Time = 1000;
        Tensor x = Tensor.Zeros([1, Time, 2]);
        for (int t = 0; t < Time; t++) x[0, t, 1] = MathF.Log(1e6f);
        var tape = new Tape();
        Tensor logits = tape.Watch(x), loss = new Ctc().PerSample(logits, Tensor.Ones([1, Time / 2]));

        loss[0].Should().BeApproximately((float)(499 * Math.Log(1e6) - Math.Log(500) + Time * 1e-6), 2e-3f, "float32 has steps of 5e-4 there");
        // The first step is nearly always the first label, and a blank has a share of 499 in a thousand in all.
        Tensor slopes = tape.Gradients(loss)[logits];
        slopes.Sum().ToScalar().Should().BeApproximately(0f, 1e-4f);
        slopes.ToArray().Where((_, i) => i % 2 == 0).Sum().Should().BeApproximately(-499f, 0.01f);
    }

    [Fact]
    public void Labels_that_the_time_cannot_spell_have_an_infinite_loss_without_a_slope()
    {
        var tape = new Tape();
        Tensor x = tape.Watch(Tensor.Zeros([1, 2, 3])), loss = new Ctc().PerSample(x, Tensor.From([1f, 1f], [1, 2]));

        loss.ToArray().Should().Equal(float.PositiveInfinity);
        tape.Gradients(loss)[x].ToArray().Should().OnlyContain(d => d == 0f);
    }

    [Fact]
    public void A_last_softmax_is_left_out()
    {
        Sequential with = Sequential.Input(4, 2).Dense(3).Softmax().Build(seed: 1), without = Sequential.Input(4, 2).Dense(3).Build(seed: 1);
        var data = new Dataset(Tensor.RandomNormal([5, 4, 2], seed: 2), Tensor.From([.. Enumerable.Range(0, 10).Select(i => i % 2 == 0 ? 1f : 2f)], [5, 2]));

        float fused = with.Compile(new Sgd(), new Ctc()).Evaluate(data).Loss;

        fused.Should().Be(without.Compile(new Sgd(), new Ctc()).Evaluate(data).Loss);
        var tape = new Tape();
        DeepLearning.Losses.Ctc(with.Forward(tape.Watch(data.Inputs), tape), data.Targets).ToScalar().Should().BeApproximately(fused, 1e-6f);
    }

    [Fact]
    public void A_model_learns_where_the_labels_are()
    {
        // Six steps, of which two say a label; nobody says which.
        Tensor x = Tensor.RandomNormal([64, 6, 3], seed: 1) * 0.1f, labels = Tensor.Zeros([64, 2]);
        for (int r = 0; r < 64; r++)
            for (int l = 0; l < 2; l++)
            {
                labels[r, l] = 1 + (r >> l) % 2;
                x[r, (r / 4 % 3) + 3 * l, (r >> l) % 2] = 1f;
            }

        Sequential model = Sequential.Input(6, 3).Dense(16).Relu().Dense(3).Build(seed: 1).Compile(new Adam(0.02), new Ctc());
        History history = model.Fit(new Dataset(x, labels), new FitOptions(epochs: 60));

        history["loss"][0].Should().BeGreaterThan(1.5f);
        history["loss"][^1].Should().BeLessThan(0.1f);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var loss = new Ctc();

        loss.Invoking(l => l.Validate(Tensor.From([1f, 1f, 2f, 1f, 2f, 0f], [2, 3]), [3, 3])).Should().Throw<ArgumentException>()
            .WithMessage("Ctc needs 4 time steps for the labels of row 0*[batch, 3, 3] has 3*");
        loss.Invoking(l => l.Validate(Tensor.From([1f, 2f, 1f, 1f, 0f, 2f], [2, 3]), [6, 3])).Should().Throw<ArgumentException>()
            .WithMessage("Ctc reads 0 as the end*row 1 has labels behind*from 1*");
        loss.Invoking(l => l.Validate(Tensor.From([1f, 3f], [1, 2]), [6, 3])).Should().Throw<ArgumentException>().WithMessage("*from 0 to 2, got 3*");
        loss.Invoking(l => l.Validate(Tensor.From(1f, 2f), [6, 3])).Should().Throw<ShapeMismatchException>().WithMessage("*[samples, length], got [2]*");
        Sequential.Input(3).Dense(4).Build().Invoking(m => m.Compile(new Sgd(), loss))
            .Should().Throw<ShapeMismatchException>().WithMessage("*[batch, time, classes]*");
        Sequential.Input(3, 2).Dense(4).Sigmoid().Build().Invoking(m => m.Compile(new Sgd(), loss))
            .Should().Throw<ArgumentException>().WithMessage("*Sigmoid*Softmax()*");
        Sequential.Input(3, 2).Dense(4).Build().Invoking(m => m.Compile(new Sgd(), loss, new Accuracy()))
            .Should().Throw<ArgumentException>().WithMessage("*Ctc*leave it out*");
    }
}
