namespace DeepLearning.Tests.Autograd;

public sealed class TapeTests
{
    [Fact]
    public void The_chain_rule_by_hand()
    {
        // y = (3x + 1)², dy/dx = 6·(3x + 1): 42 at x = 2.
        var tape = new Tape();
        Tensor x = tape.Watch(2f), y = (x * 3f + 1f).Square();

        ((float)tape.Gradients(y)[x]).Should().Be(42f);
    }

    [Fact]
    public void A_tensor_used_in_several_places_gets_the_sum()
    {
        // y = x·x + x: 2x + 1.
        var tape = new Tape();
        Tensor x = tape.Watch(3f);

        ((float)tape.Gradients(x * x + x)[x]).Should().Be(7f);
    }

    [Fact]
    public void Results_on_the_way_have_gradients_too()
    {
        var tape = new Tape();
        Tensor x = tape.Watch(3f), square = x.Square();

        Gradients gradients = tape.Gradients(square * 5f);

        ((float)gradients[square]).Should().Be(5f);
        ((float)gradients[x]).Should().Be(30f);
    }

    [Fact]
    public void A_seed_gives_the_vector_Jacobian_product()
    {
        var tape = new Tape();
        Tensor x = tape.Watch(Tensor.From(1f, 2f, 3f));

        tape.Gradients(x.Square(), Tensor.From(1f, 0f, -2f))[x].ToArray().Should().Equal(2f, 0f, -12f);
    }

    [Fact]
    public void Gradients_can_be_taken_twice_and_of_different_results()
    {
        var tape = new Tape();
        Tensor x = tape.Watch(3f), square = x.Square(), cube = square * x;

        Gradients ofCube = tape.Gradients(cube), ofSquare = tape.Gradients(square), again = tape.Gradients(cube);

        ((float)ofCube[x]).Should().Be(27f);
        ((float)ofSquare[x]).Should().Be(6f);
        ((float)again[x]).Should().Be(27f);
    }

    [Fact]
    public void What_the_result_does_not_depend_on_has_gradient_zero()
    {
        var tape = new Tape();
        var set = new ParameterSet(("used", [2]), ("unused", [3]));
        set["used"].Assign(Tensor.From(1f, 2f));
        Tensor used = tape.Watch(set["used"]), other = tape.Watch(Tensor.Ones([2, 2]));
        tape.Watch(set["unused"]);

        Gradients gradients = tape.Gradients(used.Square().Sum());

        gradients[other].ToArray().Should().Equal(0f, 0f, 0f, 0f);
        gradients[set["used"]].ToArray().Should().Equal(2f, 4f);
        gradients[set["unused"]].ToArray().Should().Equal(0f, 0f, 0f);
        gradients[new ParameterSet(("foreign", [1]))[0]].ToArray().Should().Equal(0f);
    }

    [Fact]
    public void The_gradients_of_a_set_lie_in_the_layout_of_its_flat_buffer()
    {
        var tape = new Tape();
        var set = new ParameterSet(("a", [3]), ("b", [2]));
        Tensor a = tape.Watch(set["a"]), b = tape.Watch(set["b"]);
        tape.Watch(set["a"]).Should().BeSameAs(a, "asking again gives the same tensor");

        Gradients gradients = tape.Gradients(a.Sum() * 2f + b.Sum() * 3f);

        float[] flat = gradients.Flat(set).ToArray();
        flat.Should().HaveCount(32, "each parameter begins on a cache line of 16 floats");
        flat[..3].Should().Equal(2f, 2f, 2f);
        flat[16..18].Should().Equal(3f, 3f);
        flat.Sum().Should().Be(12f, "the padding stays 0");
    }

    [Fact]
    public void A_result_of_nothing_watched_has_no_gradients()
    {
        var tape = new Tape();
        Tensor x = tape.Watch(1f);

        FluentActions.Invoking(() => tape.Gradients(Tensor.Scalar(1f))).Should().Throw<ArgumentException>().WithMessage("*does not depend on anything this tape watches*");
        FluentActions.Invoking(() => new Tape().Gradients(x * 2f)).Should().Throw<ArgumentException>().WithMessage("*does not depend*");
        FluentActions.Invoking(() => tape.Gradients(x * 2f)[Tensor.Scalar(1f)]).Should().Throw<ArgumentException>().WithMessage("*not watched*");
    }

    [Fact]
    public void Tensors_of_two_tapes_do_not_mix()
    {
        Tensor a = new Tape().Watch(1f), b = new Tape().Watch(2f);

        FluentActions.Invoking(() => a + b).Should().Throw<InvalidOperationException>().WithMessage("*two tapes*");
        FluentActions.Invoking(() => Tensor.Concatenate(0, a.Reshape(1), b.Reshape(1))).Should().Throw<InvalidOperationException>().WithMessage("*two tapes*");
    }

    [Fact]
    public void Fault10_gradients_of_several_numbers_and_seeds_of_another_shape_throw()
    {
        var tape = new Tape();
        Tensor y = tape.Watch(Tensor.Ones([2, 3])) * 2f;

        FluentActions.Invoking(() => tape.Gradients(y)).Should().Throw<ArgumentException>().WithMessage("*single number*[2, 3]*");
        FluentActions.Invoking(() => tape.Gradients(y, Tensor.Ones([3, 2]))).Should().Throw<ShapeMismatchException>().WithMessage("*[2, 3]*[3, 2]*");
    }

    [Fact]
    public void Fault25_null_arguments_are_named()
    {
        var tape = new Tape();

        FluentActions.Invoking(() => tape.Watch((Tensor)null!)).Should().Throw<ArgumentNullException>().WithParameterName("x");
        FluentActions.Invoking(() => tape.Watch((Parameter)null!)).Should().Throw<ArgumentNullException>().WithParameterName("parameter");
        FluentActions.Invoking(() => tape.Gradients(null!)).Should().Throw<ArgumentNullException>().WithParameterName("loss");
        FluentActions.Invoking(() => tape.Gradients(tape.Watch(1f), null!)).Should().Throw<ArgumentNullException>().WithParameterName("seed");
    }

    [Fact]
    public void A_recycling_tape_hands_the_same_objects_out_and_follows_changed_shapes()
    {
        var tape = Tape.Recycling(records: true);
        var (first, firstGradient) = Step(Tensor.From(1f, 2f));
        var (second, secondGradient) = Step(Tensor.From(5f, 6f));
        var (third, thirdGradient) = Step(Tensor.From(1f, 2f, 3f));

        second.Should().BeSameAs(first);
        third.Should().NotBeSameAs(second);
        firstGradient.Should().Equal(2f, 4f);
        secondGradient.Should().Equal(10f, 12f);
        thirdGradient.Should().Equal(2f, 4f, 6f);

        (Tensor Y, float[] Gradient) Step(Tensor values)
        {
            tape.Reset();
            Tensor x = tape.Watch(values), y = x.Square();
            return (y, tape.Gradients(y.Sum())[x].ToArray());
        }
    }

    [Fact]
    public void A_recycling_tape_may_run_different_operations_in_each_step()
    {
        var tape = Tape.Recycling(records: true);
        var values = Tensor.From(1f, 2f);
        foreach (bool square in new[] { true, false, true })
        {
            tape.Reset();
            Tensor x = tape.Watch(values), y = square ? x.Square() : x * 3f;
            tape.Gradients(y.Sum())[x].ToArray().Should().Equal(square ? [2f, 4f] : [3f, 3f]);
        }
    }

    [Fact]
    public void A_tape_for_inference_records_nothing()
    {
        var tape = Tape.Recycling(records: false);
        Tensor x = tape.Watch(3f), y = x.Square();

        ((float)y).Should().Be(9f);
        tape.IsTracked(y).Should().BeFalse();
        FluentActions.Invoking(() => tape.Gradients(y)).Should().Throw<ArgumentException>();
    }
}
