using System.Runtime.CompilerServices;

namespace DeepLearning.Tests.Autograd;

/// <summary>A gradient that is used again on its own tape would count as a constant without a word.</summary>
public sealed class SecondDerivativeTests
{
    private const string Message = "*second derivatives are not supported*gradient.Clone()*";

    [Fact]
    public void FoundT15_a_gradient_back_on_its_tape_throws()
    {
        var tape = new Tape();
        Tensor x = tape.Watch(Tensor.From(3f, 4f)), g = tape.Gradients((x * x * x).Sum())[x];
        Func<Tensor>[] calls =
        [
            () => x * g, () => g * x, () => x + g * 2f, () => x.Sum() + g.Square().Sum(), () => g.Square().Sum() + x.Sum(), () => Tensor.Concatenate(0, x, g),
            () => Tensor.Concatenate(0, g, Tensor.Ones([1]), x), () => Tensor.Where(1f, x, g), () => x * (Tensor.Ones([2]) - g.Reshape(2)),
            () => x.Greater(0f) * g + x, () => x.Reshape(1, 2).MatMul(g.Reshape(2, 1)), () => g.Softmax() - x,
        ];
        foreach (Func<Tensor> call in calls) call.Should().Throw<InvalidOperationException>().WithMessage(Message);
        tape.Invoking(t => t.Gradients(g.Sum())).Should().Throw<InvalidOperationException>().WithMessage(Message);
    }

    [Fact]
    public void FoundT15_so_does_the_gradient_of_a_parameter()
    {
        Sequential model = Sequential.Input(2).Dense(1).Build(seed: 1);
        var tape = new Tape();
        Tensor loss = model.Forward(Tensor.Ones([3, 2]), tape).Square().Mean();
        Gradients gradients = tape.Gradients(loss);

        FluentActions.Invoking(() => loss + gradients[model.Parameters["dense.kernel"]].Square().Sum())
            .Should().Throw<InvalidOperationException>().WithMessage(Message);
    }

    [Fact]
    public void FoundT15_a_clone_is_a_constant()
    {
        var tape = new Tape();
        Tensor x = tape.Watch(3f), g = tape.Gradients(x.Square())[x];

        tape.Gradients(x * g.Clone())[x].ToScalar().Should().Be(6f);
    }

    [Fact]
    public void FoundT15_gradients_serve_outside_their_tape()
    {
        Tensor w = Tensor.From(1f, 2f);
        for (int step = 0; step < 3; step++)
        {
            var tape = new Tape();
            Tensor watched = tape.Watch(w);
            w -= 0.25f * tape.Gradients(watched.Square().Sum())[watched];
        }

        w.ToArray().Should().Equal(0.125f, 0.25f);
        var other = new Tape();
        Tensor x = other.Watch(Tensor.From(1f, 1f));
        other.Gradients((x * w).Sum())[x].ToArray().Should().Equal([0.125f, 0.25f], "another tape takes it as the constant that it is");
        other.Watch(w).Square().Sum().ToScalar().Should().Be(0.078125f);
    }

    [Fact]
    public void FoundT15_a_tape_watches_nothing_that_came_from_its_own_gradients()
    {
        var tape = new Tape();
        Tensor x = tape.Watch(3f), g = tape.Gradients(x * x * x)[x];

        foreach (Tensor own in (Tensor[])[g, g * 2f, Tensor.Scalar(1f) - g, g.Reshape(1)])
            tape.Invoking(t => t.Watch(own)).Should().Throw<InvalidOperationException>().WithMessage(Message);
        Tensor again = tape.Watch(g.Clone());
        tape.Gradients(again * x)[again].ToScalar().Should().Be(3f);
    }

    [Fact]
    public void FoundT15_nested_tapes_are_refused()
    {
        Tape outer = new(), inner = new();
        Tensor x = outer.Watch(3f);

        foreach (Tensor recorded in (Tensor[])[x, x * 2f, x.Reshape(1)])
            inner.Invoking(t => t.Watch(recorded)).Should().Throw<InvalidOperationException>()
                .WithMessage("*Another tape records*second derivatives*tensor.Clone()*");
        Tensor constant = inner.Watch(x.Clone());
        inner.Gradients(constant * constant * constant)[constant].ToScalar().Should().Be(27f);
    }

    [Fact]
    public void FoundT15_a_tensor_that_is_on_the_tape_is_not_watched_again()
    {
        var tape = new Tape();
        Tensor x = tape.Watch(3f);

        foreach (Tensor recorded in (Tensor[])[x, x.Square()])
            tape.Invoking(t => t.Watch(recorded)).Should().Throw<InvalidOperationException>().WithMessage("*on this tape already*tensor.Clone()*");
        tape.Invoking(t => t.Watch(x.Greater(0f))).Should().NotThrow("no gradient flows to it");
    }

    [Fact]
    public void FoundT15_a_gradient_does_not_keep_its_tape()
    {
        (WeakReference tape, Tensor gradient) = Make();
        for (int i = 0; i < 5 && tape.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        tape.IsAlive.Should().BeFalse();
        gradient.ToScalar().Should().Be(6f);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static (WeakReference, Tensor) Make()
        {
            var tape = new Tape();
            Tensor x = tape.Watch(3f);
            return (new WeakReference(tape), tape.Gradients(x.Square())[x] * 1f);
        }
    }

    [Fact]
    public void FoundT15_a_recycling_tape_refuses_too_and_goes_on()
    {
        var tape = Tape.Recycling(records: true);
        for (int step = 0; step < 3; step++)
        {
            tape.Reset();
            Tensor x = tape.Watch(Tensor.From(2f)), y = x.Square().Sum(), g = tape.Gradients(y)[x];
            g.ToArray().Should().Equal(4f);
            FluentActions.Invoking(() => x * g).Should().Throw<InvalidOperationException>().WithMessage(Message);
        }
    }
}
