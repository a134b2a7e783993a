using System.Diagnostics;
using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Losses;

/// <summary>Cross-entropies in loops written out: of probabilities whose logits the tape knows, and of others.</summary>
public sealed class ProbabilityTests
{
    private static readonly Tensor One = Tensor.Ones([1, 1]);

    [Fact]
    public void FoundT11_a_softmax_that_is_wrong_for_certain_is_computed_from_its_logits()
    {
        Sequential model = Saturated(Sequential.Input(1).Dense(2).Softmax(), new float[,] { { 60, -60 } });
        (Tensor Target, Func<Tensor, Tensor, Tensor> Loss)[] cases =
        [
            (Tensor.From(1f), (p, t) => DeepLearning.Losses.SparseCategoricalCrossEntropy(p, t)),
            (Tensor.From(1f), (p, t) => new SparseCategoricalCrossEntropy().Compute(p, t)),
            (Tensor.From([0f, 1f], [1, 2]), (p, t) => DeepLearning.Losses.CategoricalCrossEntropy(p, t)),
            (Tensor.From([0f, 1f], [1, 2]), (p, t) => new CategoricalCrossEntropy().Compute(p, t)),
            (Tensor.From([0f, 1f], [1, 2]), (p, t) => new CategoricalCrossEntropy().PerSample(p.Reshape(1, 1, 2), t.Reshape(1, 1, 2)).Sum()),
        ];
        foreach ((Tensor target, Func<Tensor, Tensor, Tensor> loss) in cases)
        {
            var tape = new Tape();
            Tensor value = loss(model.Forward(One, tape), target);
            value.ToScalar().Should().Be(120f);
            tape.Gradients(value)[model.Parameters["dense.bias"]].ToArray().Should().Equal(1f, -1f);
        }
    }

    [Fact]
    public void FoundT11_a_sigmoid_that_is_wrong_for_certain_is_computed_from_its_logits()
    {
        Sequential model = Saturated(Sequential.Input(1).Dense(1).Sigmoid(), new float[,] { { 60 } });
        Func<Tensor, Tensor>[] losses =
        [
            p => DeepLearning.Losses.BinaryCrossEntropy(p, Tensor.From(0f)), p => new BinaryCrossEntropy().Compute(p, Tensor.From(0f)),
            p => DeepLearning.Losses.BinaryFocalCrossEntropy(p, Tensor.From(0f)), p => DeepLearning.Losses.BinaryCrossEntropy(p.Reshape(1), Tensor.From(0f)),
        ];
        foreach (Func<Tensor, Tensor> loss in losses)
        {
            var tape = new Tape();
            Tensor value = loss(model.Forward(One, tape));
            value.ToScalar().Should().Be(60f);
            tape.Gradients(value)[model.Parameters["dense.bias"]].ToArray().Should().Equal(1f);
        }
    }

    [Fact]
    public void FoundT11_an_own_loop_takes_the_same_step_as_a_compiled_model()
    {
        Tensor x = Tensor.RandomNormal([8, 3], seed: 1), labels = Tensor.From(0f, 1f, 2f, 3f, 0f, 1f, 2f, 3f);
        Sequential compiled = Sequential.Input(3).Dense(4).Softmax().Build(seed: 2), own = Sequential.Input(3).Dense(4).Softmax().Build(seed: 2);
        compiled.Compile(new Sgd(0.1f), new SparseCategoricalCrossEntropy()).TrainOnBatch(x, labels);
        var tape = new Tape();

        new Sgd(0.1f).Update(own.Parameters, tape.Gradients(DeepLearning.Losses.SparseCategoricalCrossEntropy(own.Forward(x, tape), labels)));

        own.Bits().Should().Equal(compiled.Bits());
    }

    [Fact]
    public void FoundT11_logits_stand_beside_the_probabilities()
    {
        Sequential softmax = Saturated(Sequential.Input(1).Dense(2).Softmax(), new float[,] { { 60, -60 } });
        softmax.Logits(One).ToArray().Should().Equal(60f, -60f);
        softmax.Forward(One).ToArray().Should().Equal(1f, 0f);
        Saturated(Sequential.Input(1).Dense(1).Sigmoid(), new float[,] { { 60 } }).Logits(One).ToArray().Should().Equal(60f);
        Saturated(Sequential.Input(1).Dense(2).LogSoftmax(), new float[,] { { 60, -60 } }).Logits(One).ToArray().Should().Equal(60f, -60f);
        Saturated(Sequential.Input(1).Dense(1), new float[,] { { 60 } }).Logits(One).ToArray().Should().Equal(60f);
        FluentActions.Invoking(() => softmax.Logits(Tensor.Ones([1, 2]))).Should().Throw<ShapeMismatchException>();
        FluentActions.Invoking(() => softmax.Logits(null!)).Should().Throw<ArgumentNullException>().WithParameterName("x");

        var tape = new Tape();
        Tensor loss = DeepLearning.Losses.SparseCategoricalCrossEntropy(softmax.Logits(One, tape), Tensor.From(1f), fromLogits: true);
        loss.ToScalar().Should().Be(120f);
        tape.Gradients(loss)[softmax.Parameters["dense.bias"]].ToArray().Should().Equal(1f, -1f);
    }

    [Fact]
    public void FoundT11_probabilities_that_are_said_to_be_logits_are_refused()
    {
        Tensor x = new Tape().Watch(Tensor.From([1f, 2f], [1, 2])), t = Tensor.From([0f, 1f], [1, 2]);
        Action[] calls =
        [
            () => DeepLearning.Losses.BinaryCrossEntropy(x.Sigmoid(), t, fromLogits: true),
            () => DeepLearning.Losses.BinaryFocalCrossEntropy(x.Sigmoid(), t, fromLogits: true),
            () => DeepLearning.Losses.CategoricalCrossEntropy(x.Softmax(), t, fromLogits: true),
            () => DeepLearning.Losses.SparseCategoricalCrossEntropy(x.Softmax(), Tensor.From(1f), fromLogits: true),
        ];
        foreach (Action call in calls) call.Should().Throw<ArgumentException>().WithMessage("*expects logits*softmax or sigmoid*omit FromLogits*");
        DeepLearning.Losses.CategoricalCrossEntropy(x.LogSoftmax(), t, fromLogits: true).ToScalar()
            .Should().BeApproximately(0.313262f, 1e-6f, "log-probabilities are logits");
    }

    [Fact]
    public void FoundT11_logits_that_are_said_to_be_probabilities_are_refused_with_their_row()
    {
        Tensor x = Tensor.From([0.5f, 0.5f, 0.25f, -3f], [2, 2]), t = Tensor.From([0f, 1f, 1f, 0f], [2, 2]);
        Action[] calls =
        [
            () => DeepLearning.Losses.BinaryCrossEntropy(x, t),
            () => DeepLearning.Losses.BinaryFocalCrossEntropy(x, t),
            () => DeepLearning.Losses.CategoricalCrossEntropy(x, t),
            () => DeepLearning.Losses.SparseCategoricalCrossEntropy(x, Tensor.From(0f, 1f)),
            () => DeepLearning.Losses.CategoricalCrossEntropy(x.LogSoftmax(), t),
        ];
        foreach (Action call in calls) call.Should().Throw<ArgumentException>().WithMessage("*probabilities from 0 to 1, got -*in row *fromLogits: true*");
        FluentActions.Invoking(() => DeepLearning.Losses.BinaryCrossEntropy(Tensor.From([0f, 4f], [2, 1]), Tensor.From(0f, 1f)))
            .Should().Throw<ArgumentException>().WithMessage("*got 4 in row 1*Sigmoid()*");
        DeepLearning.Losses.BinaryCrossEntropy(Tensor.From([1.0001f, -0.0001f], [2, 1]), Tensor.From(1f, 0f)).ToScalar()
            .Should().BeLessThan(1e-6f, "rounding is forgiven");
        float.IsNaN(DeepLearning.Losses.BinaryCrossEntropy(Tensor.From([float.NaN], [1, 1]), Tensor.From(1f)).ToScalar()).Should().BeTrue("the loss shows it");
    }

    [Fact]
    public void FoundT11_a_probability_of_0_whose_logits_nobody_knows_is_kept_from_0_with_a_warning()
    {
        using var listener = new Listener();
        Trace.Listeners.Add(listener);
        try
        {
            CrossEntropy.WarnAgain();
            var tape = new Tape();
            Tensor p = tape.Watch(Tensor.From([0f, 1f], [1, 2])), loss = DeepLearning.Losses.SparseCategoricalCrossEntropy(p, Tensor.From(0f));
            loss.ToScalar().Should().BeApproximately(16.118095f, 1e-4f);
            tape.Gradients(loss)[p].ToArray()[0].Should().Be(0f);
        }
        finally
        {
            Trace.Listeners.Remove(listener);
        }

        listener.Text.Should().Contain("SparseCategoricalCrossEntropy got a probability of 0").And.Contain("model.Logits(x, tape)");
    }

    private static Sequential Saturated(SequentialBuilder builder, Tensor kernel)
    {
        Sequential model = builder.Build();
        model.Parameters["dense.kernel"].Assign(kernel);
        return model;
    }

    private sealed class Listener : TraceListener
    {
        private readonly System.Text.StringBuilder text = new();

        public string Text
        {
            get
            {
                lock (text) return text.ToString();
            }
        }

        public override void Write(string? message)
        {
            lock (text) text.Append(message);
        }

        public override void WriteLine(string? message) => Write(message);
    }
}
