namespace DeepLearning.Tests.Tensors;

public sealed class ShapeTests
{
    private readonly Shape shape = [60, 28, 3];

    [Fact]
    public void A_shape_knows_its_rank_size_and_text()
    {
        shape.Rank.Should().Be(3);
        shape.Size.Should().Be(60 * 28 * 3);
        shape.ToString().Should().Be("[60, 28, 3]");
        shape.ToArray().Should().Equal(60, 28, 3);
        new Shape(5, 0).Size.Should().Be(0);
    }

    [Fact]
    public void A_shape_spreads_into_its_dimensions()
    {
        int[] spread = [-1, .. shape];

        spread.Should().Equal(-1, 60, 28, 3);
    }

    [Fact]
    public void A_scalar_has_no_dimensions_and_one_element()
    {
        Shape.Scalar.Rank.Should().Be(0);
        Shape.Scalar.Size.Should().Be(1);
        Shape.Scalar.ToString().Should().Be("[]");
        (Shape.Scalar == []).Should().BeTrue();
        new Shape().Size.Should().Be(1);
    }

    [Fact]
    public void Axes_count_from_either_end()
    {
        shape[0].Should().Be(60);
        shape[-1].Should().Be(3);
        shape[-3].Should().Be(60);
        shape[^1].Should().Be(3, "^1 counts from the rank, not from the number of elements");
        shape[^3].Should().Be(60);
    }

    [Fact]
    public void Equality_is_of_dimensions()
    {
        Shape same = [60, 28, 3], other = [60, 84];

        (shape == same).Should().BeTrue();
        shape.GetHashCode().Should().Be(same.GetHashCode());
        (shape != other).Should().BeTrue();
        shape.Equals((object)same).Should().BeTrue();
        shape.Equals("[60, 28, 3]").Should().BeFalse();
    }

    [Fact]
    public void A_batch_dimension_is_put_before_and_taken_away()
    {
        shape.Prepend(7).ToArray().Should().Equal(7, 60, 28, 3);
        shape.WithoutFirst().ToArray().Should().Equal(28, 3);
        Shape.Scalar.Prepend(2).ToArray().Should().Equal(2);
        FluentActions.Invoking(() => Shape.Scalar.WithoutFirst()).Should().Throw<InvalidOperationException>();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-4)]
    public void Fault23_an_axis_that_is_not_there_is_named_with_the_shape(int axis)
        => FluentActions.Invoking(() => shape[axis]).Should().Throw<ArgumentOutOfRangeException>().WithMessage($"*[60, 28, 3]*-3 to 2*{axis}*");

    [Fact]
    public void Fault23_an_index_that_is_not_there_is_named_with_the_shape()
    {
        FluentActions.Invoking(() => shape[^0]).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => shape[^4]).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*[60, 28, 3]*");
        FluentActions.Invoking(() => Shape.Scalar[0]).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Fault24_products_beyond_one_array_throw_and_a_zero_anywhere_makes_them_empty()
    {
        FluentActions.Invoking(() => new Shape(1 << 16, 1 << 16)).Should().Throw<OverflowException>().WithMessage("*[65536, 65536]*");
        FluentActions.Invoking(() => new Shape(int.MaxValue, int.MaxValue, int.MaxValue)).Should().Throw<OverflowException>("the product overflows a long too");
        FluentActions.Invoking(() => new Shape(2, -1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*[2, -1]*");
        new Shape(int.MaxValue, int.MaxValue, 0).Size.Should().Be(0);
    }

    [Fact]
    public void More_than_64_dimensions_throw_wherever_they_come_from_before_they_take_the_stack()
    {
        Tensor four = Tensor.Zeros([4]), deepest = Tensor.Zeros([.. Enumerable.Repeat(1, Shape.MaxRank)]);
        int[] many = [.. Enumerable.Repeat(1, 3_000_000)];
        foreach (Action act in new Action[]
        {
            () => _ = new Shape(many),
            () => four.Reshape(many),
            () => four.BroadcastTo([.. many, 4]),
            () => new Tape().Watch(four).Reshape(many),
            () => Tensor.Zeros([.. many]),
            () => deepest.ExpandDims(0),
            () => Tensor.Stack(0, deepest, deepest),
            () => deepest.Shape.Prepend(1),
        }) act.Should().Throw<ArgumentOutOfRangeException>().WithMessage("Expected at most 64 dimensions, got *");
        FluentActions.Invoking(() => new Reshape(many)).Should().Throw<ArgumentException>().WithMessage("Expected at most 63 dimensions*got 3000000*");
    }

    [Fact]
    public void A_tensor_of_64_dimensions_is_reshaped_repeated_transposed_and_summed()
    {
        int[] deep = [2, .. Enumerable.Repeat(1, Shape.MaxRank - 2), 3];
        var tape = new Tape();
        Tensor x = tape.Watch(Tensor.From([1f, 2f, 3f]));
        Tensor y = (x + Tensor.Ones([.. deep])).Transpose().BroadcastTo([2, .. Enumerable.Repeat(1, Shape.MaxRank - 3), 3, 4]);
        tape.Gradients(y.Sum())[x].ToArray().Should().Equal(8f, 8f, 8f);
    }
}
